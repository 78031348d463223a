"""What an account may do: five roles, each with everything the one before may."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """From the least to the most."""

    LOOK = "look"  # read every page but that of accounts
    TEST = "test"  # the bench, evaluations, test cases, questions asked of a draft
    EDIT = "edit"  # drafts, glossary, entitlements, complaints; publish, where no approval is asked for
    APPROVE = "approve"  # what others want to publish; put a version back, delete one
    ADMINISTER = "administer"  # accounts, and records of long ago

    def reaches(self, needed: Role) -> bool:
        """Whether this role may do what ``needed`` is needed for."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


def role_of(written: str) -> Role:
    """The role of an entry; one written before there were roles administers, a word that is no role looks."""
    if not written:
        return Role.ADMINISTER
    return Role(written) if written in list(Role) else Role.LOOK
