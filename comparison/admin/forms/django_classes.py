"""Django's own classes that the editors' pages and forms are made of. Their types ask for the model
that they are of, and where Django runs they take none: so each is named here once, for any model.
"""

from typing import TYPE_CHECKING, Any

from django.contrib.admin import ModelAdmin, StackedInline, TabularInline
from django.contrib.admin.options import BaseModelAdmin, InlineModelAdmin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm
from django.forms import BaseInlineFormSet, ModelForm

if TYPE_CHECKING:
    AnyAccountForm = UserChangeForm[Any]
    AnyAccounts = UserAdmin[Any]
    AnyPasswordForm = AdminPasswordChangeForm[Any]
    AnyForm = ModelForm[Any]
    AnyFormset = BaseInlineFormSet[Any, Any, Any]
    AnyPage = BaseModelAdmin[Any]
    AnyPages = ModelAdmin[Any]
    AnyInline = InlineModelAdmin[Any, Any]
    AnyTable = TabularInline[Any, Any]
    AnyStack = StackedInline[Any, Any]
else:
    AnyAccountForm = UserChangeForm
    AnyAccounts = UserAdmin
    AnyPasswordForm = AdminPasswordChangeForm
    AnyForm = ModelForm
    AnyFormset = BaseInlineFormSet
    AnyPage = BaseModelAdmin
    AnyPages = ModelAdmin
    AnyInline = InlineModelAdmin
    AnyTable = TabularInline
    AnyStack = StackedInline
