"""Each role holds the ones before it."""

from __future__ import annotations

import pytest

from web.staff.identity.roles import Role, role_of


def test_each_role_may_do_what_the_ones_before_may() -> None:
    order = [Role.LOOK, Role.TEST, Role.EDIT, Role.APPROVE, Role.ADMINISTER]
    for at, role in enumerate(order):
        assert [needed for needed in order if role.reaches(needed)] == order[: at + 1]


@pytest.mark.parametrize(("written", "role"), [("", Role.ADMINISTER), ("edit", Role.EDIT), ("root", Role.LOOK)])
def test_a_role_as_it_is_written(written: str, role: Role) -> None:
    assert role_of(written) is role
