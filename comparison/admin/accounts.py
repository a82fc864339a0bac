"""The pages for accounts: who signs in, in which role, and for which comparisons.

Who manages accounts gives nobody more than they may themselves, and changes no account that may
more: so an Administrator makes no superuser, and is none by another's password. One account that
manages the others always stays.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from comparison.admin.forms.django_classes import (
    AnyAccountForm,
    AnyAccounts,
    AnyPages,
    AnyPasswordForm,
)
from comparison.admin.forms.gone import GivesBack
from comparison.admin.forms.lists import BriefSearch
from comparison.admin.sign_in.asking import ask_on_publishing
from comparison.models import Comparison, Confinement
from comparison.models.accounts import ADMINISTRATOR, ROLES, administrators
from comparison.publishing.events import tell
from comparison.rendering.addresses import address_of

LAST = (
    "This is the last account that manages accounts. Make another one Administrator first, or "
    "nobody could."
)
OF_SUPERUSERS = ("is_superuser", "user_permissions")
WHAT_IT_MAY = ("is_active", "is_staff", "groups", "only_chosen", "comparisons")


class AccountForm(AnyAccountForm):
    """An account: its role, and for which comparisons."""

    only_chosen = forms.BooleanField(
        required=False,
        label="Only the comparisons below",
        help_text="Without this tick the account edits every comparison, new ones too. With it, "
        "those alone, and it begins no new one.",
    )
    comparisons = forms.ModelMultipleChoiceField(
        Comparison.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="With the tick and none chosen: no comparison at all.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "comparisons" in self.fields:
            choice: Any = self.fields["comparisons"]
            choice.queryset = Comparison.objects.order_by("title", "pk")
            confinement = getattr(self.instance, "confinement", None)
            self.initial["only_chosen"] = confinement is not None
            self.initial["comparisons"] = confinement.comparisons.all() if confinement else []

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or self.cleaned_data
        if sent.get("comparisons") and not sent.get("only_chosen"):
            self.add_error("only_chosen", "Tick this, or choose no comparison below.")
        manages = self._manages(sent)
        if sent.get("only_chosen") and manages:
            self.add_error("only_chosen", f"An {ADMINISTRATOR} manages every comparison.")
        stays = manages and self._value(sent, "is_active") and self._value(sent, "is_staff")
        if not stays and is_last(User.objects.filter(pk=self.instance.pk)):
            self.add_error(None, LAST)
        return sent

    def _manages(self, sent: dict[str, Any]) -> bool:
        groups = sent.get("groups", ())
        return self._value(sent, "is_superuser") or any(
            group.name == ADMINISTRATOR for group in groups
        )

    def _value(self, sent: dict[str, Any], name: str) -> bool:
        return bool(sent.get(name, getattr(self.instance, name)))


class PasswordForm(AnyPasswordForm):
    """A new password for an account, and never none: here nobody signs in by anything else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        for field in self.fields.values():
            field.required = True


def is_last(accounts: QuerySet[User]) -> bool:
    """Return whether these accounts are the only ones that manage accounts. Within a transaction
    others wait until what is asked for is done.
    """
    if transaction.get_connection().in_atomic_block:
        list(Group.objects.select_for_update().filter(name=ADMINISTRATOR))
    there = administrators()
    return there.filter(pk__in=accounts).exists() and not there.exclude(pk__in=accounts).exists()


def may_change(person: Any, account: User) -> bool:
    """Return whether a person may all that an account may, and so change it. One out of service
    counts as if it were in.
    """
    if person.is_superuser:
        return True
    if account.is_superuser:
        return False
    return not _permissions(account).exclude(pk__in=_permissions(person)).exists()


def _permissions(account: Any) -> QuerySet[Permission]:
    return Permission.objects.filter(Q(user=account) | Q(group__user=account))


def groups_to_give(person: Any) -> QuerySet[Group]:
    """Return the groups that may nothing that a person may not."""
    beyond = Permission.objects.exclude(pk__in=permissions_to_give(person))
    return Group.objects.exclude(permissions__in=beyond)


def permissions_to_give(person: Any) -> QuerySet[Permission]:
    """Return all that a person may."""
    may = Permission.objects.all()
    return may if person.is_superuser else may.filter(pk__in=_permissions(person))


class AsksForCode(AnyPages):
    """Pages whose forms say who may what: sent, they ask for a second factor as publishing does.
    Who may not anyway is told so, and not asked.
    """

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, *args: Any, **kwargs: Any
    ) -> Any:
        may = self.has_change_permission if object_id else self.has_add_permission
        page = super().changeform_view
        return _asked(request, may(request)) or page(request, object_id, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        may = self.has_view_or_change_permission(request)
        return _asked(request, may) or super().changelist_view(request, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        may = self.has_delete_permission(request)
        return _asked(request, may) or super().delete_view(request, *args, **kwargs)


def _asked(request: HttpRequest, may: bool) -> HttpResponse | None:
    """Return the page that asks for a second factor, where something is sent by who may."""
    return ask_on_publishing(request) if may and request.method == "POST" else None


class AccountAdmin(AsksForCode, GivesBack, BriefSearch, AnyAccounts):
    form = AccountForm
    add_form = UserCreationForm
    add_fieldsets = ((None, {"fields": ("username", "password1", "password2")}),)
    change_password_form = PasswordForm
    change_user_password_template = "admin/sign_in/password_of_another.html"  # noqa: S105
    list_display = ("username", "roles", "edits", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    list_select_related = ("confinement",)
    filter_horizontal = ()  # its tips have names that nobody may read aloud
    readonly_fields = ("last_login", "date_joined")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        named = ("groups", "confinement__comparisons")
        return super().get_queryset(request).prefetch_related(*named)

    @admin.display(description="role")
    def roles(self, account: User) -> str:
        names = [group.name for group in account.groups.all()]
        return ", ".join(["superuser"] * account.is_superuser + names) or "–"

    @admin.display(description="edits")
    def edits(self, account: User) -> str:
        confinement = getattr(account, "confinement", None)
        if confinement is None:
            return "every comparison"
        return ", ".join(map(str, confinement.comparisons.all())) or "no comparison"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return super().get_fieldsets(request, obj)
        names, dates = ("first_name", "last_name", "email"), ("last_login", "date_joined")
        if not self.has_change_permission(request, obj):
            return ((None, {"fields": ("username", *names, "is_active", "roles", "edits")}),)
        more = OF_SUPERUSERS if getattr(request.user, "is_superuser", False) else ()
        return (
            (None, {"fields": ("username", "password")}),
            ("Who it is", {"fields": names}),
            ("What it may", {"fields": (*WHAT_IT_MAY, *more)}),
            ("Dates", {"fields": dates}),
        )

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs |= {
                "queryset": groups_to_give(request.user).order_by("name"),
                "widget": forms.CheckboxSelectMultiple,
                "label": "Role",
                "help_text": "A Writer edits drafts, an Editor also publishes, an Administrator "
                "also manages accounts.",
            }
        elif db_field.name == "user_permissions":
            kwargs["widget"] = forms.CheckboxSelectMultiple  # one click takes none of the others
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or may_change(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or may_change(request.user, obj))

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:
        """Another's password; one's own is changed by who knows it, on a page of its own."""
        account = self.get_object(request, unquote(id))
        may = self.has_change_permission(request, account)
        if may and account is not None and account.pk == request.user.pk:
            return HttpResponseRedirect(address_of("admin:password_change"))
        return _asked(request, may) or super().user_change_password(request, id, form_url)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        found, counts, missing, protected = super().get_deleted_objects(objs, request)
        if is_last(User.objects.filter(pk__in=[account.pk for account in objs])):
            protected = [*protected, LAST]
        return found, counts, missing, protected

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.is_staff = True  # it is made to sign in here
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if {"only_chosen", "comparisons"} & set(form.changed_data):
            _confine(form.instance, form.cleaned_data)


def _confine(account: User, sent: dict[str, Any]) -> None:
    """Let an account edit the comparisons that were chosen, or all."""
    if not sent["only_chosen"]:
        Confinement.objects.filter(user=account).delete()
        tell("role change", account=account.get_username(), comparisons="all")
        return
    confinement, _ = Confinement.objects.get_or_create(user=account)
    confinement.comparisons.set(sent["comparisons"])
    slugs = ", ".join(sorted(comparison.slug for comparison in sent["comparisons"]))
    tell("role change", account=account.get_username(), comparisons=slugs or "none")


class RoleAdmin(AsksForCode, GivesBack, BriefSearch, GroupAdmin):
    """Groups. The three roles are what they are: the site sets them anew at every start. Of others
    nobody changes one that may more than they, or gives it what they may not themselves.
    """

    filter_horizontal = ()  # as above

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        kwargs["widget"] = forms.CheckboxSelectMultiple
        field: Any = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "permissions":
            given = permissions_to_give(request.user)
            field.queryset = field.queryset.filter(pk__in=given.values("pk"))
        return field

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        found, counts, missing, protected = super().get_deleted_objects(objs, request)
        roles = [f"{group} is a role of this site." for group in objs if _is_role(group)]
        return found, counts, missing, [*protected, *roles]


def _may_touch(request: HttpRequest, group: Any) -> bool:
    """Return whether a group is no role of the site, and may nothing that the asker may not."""
    may_give = group is None or groups_to_give(request.user).filter(pk=group.pk).exists()
    return may_give and not _is_role(group)


def _is_role(group: Any) -> bool:
    return group is not None and group.name in ROLES


admin.site.unregister(User)
admin.site.unregister(Group)
admin.site.register(User, AccountAdmin)
admin.site.register(Group, RoleAdmin)
