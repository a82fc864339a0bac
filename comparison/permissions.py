"""Who may do what: the three roles, set anew after every migration, so that new nouns are in and
nothing else is. README.md has the table. Who needs another mixture gets a group of another name.

Suggestions come from readers: all roles decide on them, Editors also delete them, nobody adds one.
"""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from comparison.models.accounts import ADMINISTRATOR, EDITOR, MANAGES_ACCOUNTS, WRITER

# who may publish may also approve, and set a time
OF_WRITERS = ["view_release", "view_suggestion", "change_suggestion", "view_withholding"]
OF_EDITORS = [*OF_WRITERS, "delete_suggestion", "publish_comparison"]
OF_ADMINISTRATORS = [*OF_EDITORS, "delete_comparison", "withhold_release", "demand_review"]
# accounts are put out of service, not deleted: what somebody did stays under their name
ACCOUNTS = ["view_user", "add_user", "change_user"]
# who edits some comparisons alone begins no other
NOT_WHEN_CONFINED = frozenset({"comparison.add_comparison"})


def grant(sender: Any, using: str = "default", **signal: Any) -> None:
    """Set the permissions of each role."""
    from django.apps import apps
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    from comparison.models.rows import Row

    for app in (sender, apps.get_app_config("auth")):
        create_permissions(app, using=using, verbosity=0)  # whichever app's handler runs first
    editing = [
        f"{action}_{model._meta.model_name}"
        for model in sender.get_models()
        if issubclass(model, Row)
        for action in ("view", "add", "change", "delete")
    ]
    editing += ["view_comparison", "add_comparison", "change_comparison"]
    # by app: there are groups of criteria, and groups of people
    of_app = {
        label: Permission.objects.using(using).filter(content_type__app_label=label)
        for label in (sender.label, "auth")
    }
    for name, extra, accounts in (
        (WRITER, OF_WRITERS, []),
        (EDITOR, OF_EDITORS, []),
        (ADMINISTRATOR, OF_ADMINISTRATORS, ACCOUNTS),
    ):
        group, _ = Group.objects.using(using).get_or_create(name=name)
        ours = of_app[sender.label].filter(codename__in=[*editing, *extra])
        group.permissions.set([*ours, *of_app["auth"].filter(codename__in=accounts)])


class AccountBackend(ModelBackend):
    """Accounts as Django has them, read together with what confines them."""

    def get_user(self, user_id: Any) -> Any:
        from django.contrib.auth.models import User

        user = User.objects.select_related("confinement").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        every: set[str] = super().get_all_permissions(user_obj, obj)
        is_confined = not user_obj.is_anonymous and getattr(user_obj, "confinement", None)
        if is_confined and not user_obj.is_superuser and MANAGES_ACCOUNTS not in every:
            return every - NOT_WHEN_CONFINED
        return every
