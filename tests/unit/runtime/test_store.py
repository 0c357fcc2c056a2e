"""S3 as a folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwire.runtime.errors import ReasonError
from stepwire.runtime.folders import list_files
from stepwire.runtime.object_store import ObjectStore
from stepwire.runtime.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "s3", ObjectStore(tmp_path / "objects"))


def publish(store: Store, folder: Path, uri: str) -> None:
    store.publish(dict(list_files(folder, "it")), uri)


def write(path: Path, text: str = "content") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_an_s3_uri_is_a_path_under_the_bucket(store: Store) -> None:
    assert store.path("s3://my-bucket/a/b.csv") == store.root / "my-bucket" / "a" / "b.csv"


def test_empty_parts_of_a_key_are_no_folders(store: Store) -> None:
    assert store.path("s3://my-bucket//a//b/") == store.path("s3://my-bucket/a/b")


@pytest.mark.parametrize(
    "uri",
    [
        "s3://bucket/../secret",
        "s3://bucket/a/../../secret",
        "s3://bucket/./a",
        "s3://../secret",
        "s3:///etc/passwd",
        "s3://a/b",
        "s3://Bucket/key",
        "s3://bucket/a\0b",
        "https://bucket/key",
        "/etc/passwd",
    ],
)
def test_a_uri_that_would_lead_out_of_the_store_is_refused(store: Store, uri: str) -> None:
    with pytest.raises(ReasonError, match="uses"):
        store.path(uri)


@given(st.text(), st.text())
def test_no_text_whatever_leads_out_of_the_store(bucket: str, key: str) -> None:
    store = Store(Path("/store"), ObjectStore(Path("/objects")))
    try:
        path = store.path(f"s3://{bucket}/{key}")
    except ReasonError:
        return
    assert Path(os.path.normpath(path)) == path
    assert path.is_relative_to("/store")
    assert len(path.relative_to("/store").parts) >= 1


def test_a_file_lands_in_the_folder_under_its_own_name(store: Store, tmp_path: Path) -> None:
    write(store.path("s3://bucket/data/train.csv"), "1,2")
    store.fetch("s3://bucket/data/train.csv", tmp_path / "in", "input 'train'")
    assert (tmp_path / "in" / "train.csv").read_text() == "1,2"


def test_a_prefix_lands_as_its_tree(store: Store, tmp_path: Path) -> None:
    write(store.path("s3://bucket/data/a/b.csv"), "1,2")
    store.fetch("s3://bucket/data/", tmp_path / "in", "input 'train'")
    assert (tmp_path / "in" / "a" / "b.csv").read_text() == "1,2"


@pytest.mark.parametrize("scheme", ["", "file://"])
def test_files_of_this_machine_can_be_read(store: Store, tmp_path: Path, scheme: str) -> None:
    source = write(tmp_path / "some data" / "a.csv")
    assert store.find(f"{scheme}{source}", "input 'raw'") == source


def test_a_file_uri_may_be_quoted(store: Store, tmp_path: Path) -> None:
    source = write(tmp_path / "some data" / "a.csv")
    assert store.find(source.as_uri(), "input 'raw'") == source


@pytest.mark.parametrize("uri", ["s3://bucket/nothing", "/nothing/here", "file:///nothing/here"])
def test_where_nothing_is_the_reason_names_the_uri_and_what_it_was_for(store: Store, uri: str) -> None:
    with pytest.raises(ReasonError, match=f"finds nothing at '{uri}' for input 'raw'"):
        store.find(uri, "input 'raw'")


@pytest.mark.parametrize("uri", ["", "http://host/a", "file://host/a", "a\0b", "\ud800"])
def test_what_is_neither_s3_nor_a_path_is_refused(store: Store, uri: str) -> None:
    with pytest.raises(ReasonError, match="neither an S3 URI nor a file"):
        store.find(uri, "input 'raw'")


def test_publishing_a_folder_keeps_what_else_is_under_the_prefix(store: Store, tmp_path: Path) -> None:
    write(store.path("s3://bucket/out/old.csv"), "old")
    write(store.path("s3://bucket/out/both.csv"), "old")
    write(tmp_path / "new" / "both.csv", "new")
    write(tmp_path / "new" / "deep" / "new.csv", "new")
    publish(store, tmp_path / "new", "s3://bucket/out")
    out = store.path("s3://bucket/out")
    files = {path.relative_to(out).as_posix(): path.read_text() for path in out.rglob("*.csv")}
    assert files == {"old.csv": "old", "both.csv": "new", "deep/new.csv": "new"}


def test_what_cannot_be_published_whole_is_not_published_at_all(store: Store, tmp_path: Path) -> None:
    write(tmp_path / "new" / "a.csv")
    os.mkfifo(tmp_path / "new" / "pipe")
    with pytest.raises(ReasonError, match="has something that is no file, 'pipe', in it"):
        publish(store, tmp_path / "new", "s3://bucket/out")
    assert not store.path("s3://bucket/out").exists()


def test_a_run_sees_what_it_has_published_and_what_no_run_has(store: Store, tmp_path: Path) -> None:
    earlier, other = (Store(store.root, store.objects) for _ in range(2))
    earlier.publish({"old.csv": write(tmp_path / "old")}, "s3://bucket/out")
    write(store.path("s3://bucket/other.csv"), "the user's")
    write(store.path("s3://bucket/out/user.csv"), "the user's")
    write(tmp_path / "new" / "a.csv", "mine")
    assert set(store.files("s3://bucket/out", "it")) == {"old.csv", "user.csv"}
    publish(store, tmp_path / "new", "s3://bucket/out/")
    other.publish({"theirs.csv": write(tmp_path / "theirs")}, "s3://bucket/out")
    assert set(store.files("s3://bucket/out", "it")) == {"a.csv", "user.csv"}
    assert set(store.files("s3://bucket/", "it")) == {"out/a.csv", "out/user.csv", "other.csv"}


def test_what_another_run_writes_over_stays_what_it_was_for_this_one(store: Store, tmp_path: Path) -> None:
    first, second = store, Store(store.root, store.objects)
    for run, text in ((first, "first"), (second, "second")):
        write(tmp_path / text, text)
        run.publish({"": tmp_path / text}, "s3://bucket/out.csv")
    assert first.find("s3://bucket/out.csv", "it").read_text() == "first"
    assert store.path("s3://bucket/out.csv").read_text() == "second"


def test_the_same_contents_are_stored_once(store: Store, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / name, "the same")
        store.publish({"": tmp_path / name}, f"s3://bucket/{name}")
    first, second = (store.path(f"s3://bucket/{name}") for name in ("a", "b"))
    assert first.samefile(second)


def test_a_file_where_there_should_be_a_folder_is_told(store: Store, tmp_path: Path) -> None:
    write(store.path("s3://bucket/out"), "a file")
    write(tmp_path / "new" / "a.csv")
    with pytest.raises(ReasonError, match="a file and a folder would have one name"):
        publish(store, tmp_path / "new", "s3://bucket/out")


def test_what_was_written_to_behind_our_back_is_not_used_again(store: Store, tmp_path: Path) -> None:
    file = store.objects.add(write(tmp_path / "a", "as it was"))
    place = store.objects.path(file)
    assert store.objects.is_whole(file)
    place.chmod(0o644)
    place.write_text("as it is!")
    assert not store.objects.is_whole(file)
    assert not place.exists()


def test_no_key_is_longer_than_it_can_be_in_s3(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "a"
    source.write_text("a")
    with pytest.raises(ReasonError, match="for which the key in S3 would be longer than 1024 bytes"):
        store.publish({"d/" * 600 + "a": source}, "s3://bucket/out")
    with pytest.raises(ReasonError, match="whose key is longer than 1024 bytes"):
        store.path("s3://bucket/" + "d/" * 600)
    store.publish({"d/" * 500 + "a": source}, "s3://bucket/out")
    assert store.files("s3://bucket/out", "a test").keys() == {"d/" * 500 + "a"}
