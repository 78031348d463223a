from bot.refuse.constraints.types import ConstraintCheck, ConstraintChecks, ConstraintKind, Outcome

_MET = ConstraintCheck(ConstraintKind.LEVEL, "市级", Outcome.BORNE_OUT)
_OTHER = ConstraintCheck(ConstraintKind.GRADE, "E类", Outcome.CONTRADICTED, printed=("A类", "B类"))
_UNSAID = ConstraintCheck(ConstraintKind.OBJECT, "隐形冠军", Outcome.NOT_MENTIONED)


def test_checks_are_told_apart_by_kind_and_by_outcome() -> None:
    checks = ConstraintChecks((_MET, _OTHER, _UNSAID))
    assert checks.of(ConstraintKind.GRADE) == (_OTHER,)
    assert checks.unmet == (_OTHER, _UNSAID)


def test_counts_name_every_kind_and_outcome() -> None:
    counts = ConstraintChecks((_MET, _OTHER, _UNSAID)).counts()
    assert len(counts) == len(ConstraintKind) * len(Outcome)
    assert {name for name, count in counts.items() if count} == {
        "level.borne_out",
        "grade.contradicted",
        "object.not_mentioned",
    }
