"""How passwords are kept: argon2id, the same way whoever sets them.

Source: RFC 9106; the cost is the first choice of the OWASP Password Storage Cheat Sheet.
"""

import unicodedata
from typing import Final

import argon2

SHORTEST: Final = 12
LONGEST: Final = 128
TIME_COST: Final = 1
MEMORY_KIB: Final = 47_104
LANES: Final = 1
FORM: Final = "NFKD"
"""Unicode form a password is brought into: keyboards differ in how they spell an é."""


def hashed(password: str) -> str:
    """Return the argon2id hash of `password`, as stored; it takes a tenth of a second, on purpose."""
    hasher = argon2.PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_KIB, parallelism=LANES)
    return hasher.hash(unicodedata.normalize(FORM, password))
