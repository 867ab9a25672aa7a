"""Two sets of outcomes of the same questions: what changed, and whether it is more than chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.measures import Estimate, estimate

Values = Mapping[str, float]  # by measure, each 0 to 1
LESS_IS_BETTER = frozenset({"refused"})


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure before and after, over the questions it applies to on both sides."""

    measure: str
    before: float
    after: float
    change: Estimate  # after − before, question by question, with its bootstrap 95% interval

    @property
    def significant(self) -> bool:
        """Whether the interval leaves 0 out."""
        return self.change.low > 0 or self.change.high < 0

    @property
    def better(self) -> bool:
        """Significant, and in the direction that is wanted."""
        return self.significant and (self.change.mean > 0) != (self.measure in LESS_IS_BETTER)

    @property
    def worse(self) -> bool:
        """Significant, and in the direction that is not wanted: a drop."""
        return self.significant and not self.better


def differences(
    before: Mapping[str, Values], after: Mapping[str, Values], measures: Sequence[str]
) -> tuple[Difference, ...]:
    """The change of each measure that both sides have, over the questions of both; keys are question ids."""
    pairs = [(values, after[name]) for name, values in before.items() if name in after]
    found = (_difference(measure, pairs) for measure in measures)
    return tuple(one for one in found if one.change.n)


def _difference(measure: str, values: Sequence[tuple[Values, Values]]) -> Difference:
    both = [(old[measure], new[measure]) for old, new in values if measure in old and measure in new]
    return Difference(
        measure,
        before=sum(old for old, _ in both) / max(1, len(both)),
        after=sum(new for _, new in both) / max(1, len(both)),
        change=estimate([new - old for old, new in both]),
    )


def changed(
    before: Mapping[str, Values], after: Mapping[str, Values], measure: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of the questions won and of those lost on a measure, in the order of `before`."""
    sign = -1 if measure in LESS_IS_BETTER else 1
    change = {
        name: sign * (after[name][measure] - old[measure])
        for name, old in before.items()
        if measure in old and measure in after.get(name, {})
    }
    won = tuple(name for name, step in change.items() if step > 0)
    return won, tuple(name for name, step in change.items() if step < 0)
