"""A root of its own for a program: the machine read-only, its work folder as `/opt/ml`, a temporary folder.

What is new there stands in memory and is gone with the program.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from . import linux

HOME = "/opt/step-home"
"""The home folder that a program behind walls has."""

_IN_MEMORY = "mode=0755,size=256m"
_OWN = {"dev", "opt", "proc", "tmp"}
_DEVICES = ("null", "zero", "full", "random", "urandom", "tty", "kfd", "dri")
_DEVICE_FAMILIES = ("nvidia",)
_LINKS = {
    "fd": "/proc/self/fd",
    "stdin": "/proc/self/fd/0",
    "stdout": "/proc/self/fd/1",
    "stderr": "/proc/self/fd/2",
}
_TEMPORARY = ("/tmp", "/var/tmp")


def enter_user_namespace() -> None:
    """Become somebody who may mount, with the same users and groups as before; raises OSError."""
    ranges = {name: _same_ranges(f"/proc/self/{name}") for name in ("uid_map", "gid_map")}
    identity = {"uid_map": os.geteuid(), "gid_map": os.getegid()}
    process = os.getpid()
    if identity["uid_map"] == 0:
        _map_from_outside(process, ranges)
        return
    linux.unshare(linux.NEW_USER)
    _write("/proc/self/setgroups", "deny")
    for name, number in identity.items():
        _write(f"/proc/self/{name}", f"{number} {number} 1")


def build(folders: Mapping[str, Any]) -> None:
    """Build the root in a new mount namespace, and enter it; raises OSError.

    `folders`: `root` is an empty folder to build at; `ml`, `home` and `tmp` are the program's own, and so are
    those that are `shared`, by their places below `/opt/ml`; `keep` lists what must be seen though it lies in
    a temporary folder; `hide` lists what must not be seen.
    """
    root = str(folders["root"])
    linux.mount("none", "/", flags=linux.RECURSIVE | linux.PRIVATE)
    linux.mount("tmpfs", root, "tmpfs", linux.NO_SUID | linux.NO_DEVICES, _IN_MEMORY)
    for name in sorted(set(os.listdir("/")) - _OWN):
        _show(f"/{name}", f"{root}/{name}")
    os.mkdir(f"{root}/opt")
    if os.path.isdir("/opt"):
        for name in sorted(set(os.listdir("/opt")) - {"ml"}):
            _show(f"/opt/{name}", f"{root}/opt/{name}")
    own = [(folders["ml"], "/opt/ml"), (folders["home"], HOME)]
    own += [(source, target) for target, source in sorted(folders.get("shared", {}).items())]
    for source, target in own:
        os.makedirs(f"{root}{target}", exist_ok=True)
        linux.bind(source, f"{root}{target}", read_only=False)
    _replace_temporary(root, folders["tmp"], folders["keep"])
    for path in folders["hide"]:
        _hide(f"{root}{path}")
    _make_devices(root)
    _show_processes(root)
    linux.change_root(root)


def _same_ranges(path: str) -> str:
    """Return a map of every user or group that there is here to itself."""
    with open(path, encoding="ascii") as stream:
        lines = [line.split() for line in stream]
    return "\n".join(f"{inside} {inside} {count}" for inside, _, count in lines)


def _map_from_outside(process: int, ranges: Mapping[str, str]) -> None:
    """Enter a user namespace whose maps a child writes that has stayed outside: only it may map all users."""
    entered, tell = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        with suppress(OSError):
            os.close(tell)
            if os.read(entered, 1):
                for name, text in ranges.items():
                    _write(f"/proc/{process}/{name}", text)
                status = 0
        os._exit(status)
    os.close(entered)
    try:
        linux.unshare(linux.NEW_USER)
        os.write(tell, b"1")
    finally:
        os.close(tell)
        _, status = os.waitpid(child, 0)
    if status:
        raise OSError(0, "users cannot be mapped", "uid_map")


def _write(path: str, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.write(descriptor, text.encode("ascii"))
    finally:
        os.close(descriptor)


def _show(source: str, target: str) -> None:
    """Let something of the machine be seen, read-only."""
    mode = os.lstat(source).st_mode
    if stat.S_ISLNK(mode):
        os.symlink(os.readlink(source), target)
        return
    if stat.S_ISDIR(mode):
        os.mkdir(target)
    elif stat.S_ISREG(mode):
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY))
    else:
        return
    linux.bind(source, target, read_only=True)


def _replace_temporary(root: str, own: str, keep: Sequence[str]) -> None:
    os.mkdir(f"{root}/tmp")
    for place in _TEMPORARY:
        if os.path.isdir(f"{root}{place}") and not os.path.islink(f"{root}{place}"):
            linux.bind(own, f"{root}{place}", read_only=False)
    for path in keep:
        if any(path.startswith(f"{place}/") for place in _TEMPORARY) and os.path.isdir(path):
            os.makedirs(f"{root}{path}", exist_ok=True)
            linux.bind(path, f"{root}{path}", read_only=True)


def _hide(place: str) -> None:
    with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
        if os.path.isdir(place):
            linux.mount("tmpfs", place, "tmpfs", linux.READ_ONLY, "size=4k")
        elif os.path.exists(place):
            linux.bind("/dev/null", place, read_only=True)


def _make_devices(root: str) -> None:
    """Provide the devices that any program may use, and accelerators; no disk is among them."""
    os.mkdir(f"{root}/dev")
    for name in sorted(os.listdir("/dev")):
        if name in _DEVICES or name.startswith(_DEVICE_FAMILIES):
            target = f"{root}/dev/{name}"
            if os.path.isdir(f"/dev/{name}"):
                os.mkdir(target)
            else:
                os.close(os.open(target, os.O_CREAT | os.O_WRONLY))
            linux.bind(f"/dev/{name}", target, read_only=False)
    for name, to in _LINKS.items():
        os.symlink(to, f"{root}/dev/{name}")
    os.mkdir(f"{root}/dev/shm")
    linux.mount("tmpfs", f"{root}/dev/shm", "tmpfs", linux.NO_SUID | linux.NO_DEVICES, "mode=1777")


def _show_processes(root: str) -> None:
    os.mkdir(f"{root}/proc")
    try:
        linux.mount("proc", f"{root}/proc", "proc", linux.NO_SUID | linux.NO_DEVICES)
    except OSError:  # a container that covers parts of its own forbids a new one
        linux.bind("/proc", f"{root}/proc", read_only=False)
