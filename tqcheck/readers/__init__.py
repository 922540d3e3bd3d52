"""Readers: from files and streams to articles."""

from tqcheck.readers.base import Unread
from tqcheck.readers.files import read

__all__ = ["Unread", "read"]
