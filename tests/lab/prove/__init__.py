"""Walk every side and every case to its end, on the real code: `make prove`."""
