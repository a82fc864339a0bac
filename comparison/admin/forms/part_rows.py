"""Part rows on the page of the row that they are part of, where somebody else deleted or changed
one while the page was open. Refuses to save anything over that.

A row that is gone and was changed here stays as it was typed: saved again, it is added anew. One
that was not changed here goes. One that was to be deleted here, and says something else by now,
stays until that is said again.
"""

from typing import Any

from comparison.admin.forms.django_classes import AnyFormset


class PartRows(AnyFormset):
    """The forms of a row's parts. Django finds those that are gone by their place in a list: there
    each would be taken for another.
    """

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form: Any = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        name: str = self.model._meta.pk.name  # type: ignore[union-attr]
        if not self.is_bound or i >= self.initial_form_count() or form.instance.pk is not None:
            return form
        key = form.add_prefix(name)
        was_shown = any(name.startswith(f"{form.prefix}-") for name in form.data)
        if was_shown and key not in form.data:
            return form  # no browser sends that
        form.fields[name].required = False
        form.empty_permitted = True
        form.is_left_out = not was_shown
        form.gone = form.data.get(key, "")
        form.show_as(key, "")
        return form

    @property
    def initial_forms(self) -> list[Any]:
        """Those of rows that are there."""
        return [form for form in super().initial_forms if form.instance.pk is not None]

    @property
    def extra_forms(self) -> list[Any]:
        """Those that become new rows."""
        gone = [form for form in super().initial_forms if form.instance.pk is None]
        return [*(form for form in gone if not form.is_left_out), *super().extra_forms]

    def _should_delete_form(self, form: Any) -> bool:
        to_delete: Any = super()._should_delete_form  # type: ignore[misc]
        return form.is_left_out or (to_delete(form) and not form.is_kept)


class NamedFields(PartRows):
    """Lines of a table, each field named with the number of its line."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        line = "new" if index is None else str(index + 1)
        for field in form.fields.values():
            if not field.widget.is_hidden:
                # a choice of rows is wrapped in what would open the row's own page
                own = getattr(field.widget, "widget", field.widget)
                own.attrs = own.attrs | {"aria-label": f"{field.label}, line {line}"}
