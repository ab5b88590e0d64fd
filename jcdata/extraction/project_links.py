"""Which performance form belongs to which project, although the names differ by a slip, an addition or a cut.

A project of the budget's tables and a form are one where
- their names are equal, whatever the amounts; or
- their amounts are equal (budget of the project = annual total of the form) and the names alike, or one begins with
  the other, and no figure in them differs, though one may have more of them: 一期 and 二期 are different things; or
- their names are nearly equal and so are all figures in them.
An equal amount alone is no evidence. Each project has at most one form and each form one project: the strongest pair
is linked first, so that no two are left apart that would suit each other better than what they got.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jcdata.names import is_evidence, name_key, name_similarity
from jcdata.schema import PROJECT_GOALS, WHOLE_DEPARTMENT_GOALS, PerformanceForm, Project


class Pair(NamedTuple):
    """A project and a form that may be one, by their positions, and what speaks for it."""

    project: int
    form: int
    names_are_equal: bool
    amounts_are_equal: bool
    similarity: float

    @property
    def order(self) -> tuple[bool, bool, float, int, int]:
        """Sorts from the strongest evidence on; what is as strong, in the order of the document."""
        return (
            not self.names_are_equal,
            not self.amounts_are_equal,
            -self.similarity,
            self.project,
            self.form,
        )


def link_projects(projects: Sequence[Project], forms: Sequence[PerformanceForm]) -> list[Project]:
    """The projects of a document, those that have a form with its number and the likeness of both names (0 to 1)."""
    linked = list(projects)
    linked_forms: set[int] = set()
    # Of a project's forms the one with its goals comes first; a whole department is no project.
    forms = sorted(
        (form for form in forms if form.form_kind != WHOLE_DEPARTMENT_GOALS),
        key=lambda form: form.form_kind != PROJECT_GOALS,
    )
    for pair in sorted(find_pairs(projects, forms), key=lambda pair: pair.order):
        if linked[pair.project].form_no is None and pair.form not in linked_forms:
            linked_forms.add(pair.form)
            linked[pair.project] = projects[pair.project]._replace(
                form_no=forms[pair.form].form_no, name_similarity=pair.similarity
            )
    return linked


def find_pairs(projects: Sequence[Project], forms: Sequence[PerformanceForm]) -> Iterator[Pair]:
    """Every project with every form that it may belong to, by the rule above."""
    for i, project in enumerate(projects):
        for j, form in enumerate(forms):
            name, form_name = project.project_name, form.project_name
            similarity = name_similarity(name, form_name)
            amounts_are_equal = project.amount_yuan == form.annual_total_yuan
            if is_evidence(name, form_name, similarity, amounts_are_equal):
                yield Pair(
                    project=i,
                    form=j,
                    names_are_equal=name_key(name) == name_key(form_name),
                    amounts_are_equal=amounts_are_equal,
                    similarity=similarity,
                )
