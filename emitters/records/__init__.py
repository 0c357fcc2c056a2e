"""What programs read: wirings and explanations as JSON values."""
