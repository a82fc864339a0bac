"""The API: who may ask, what is sent and shown, what can be done, and where."""

import logging

import httpx
from django.conf import settings
from django.db.models import QuerySet
from rest_framework.authentication import TokenAuthentication
from rest_framework.decorators import action
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.serializers import ModelSerializer
from rest_framework.viewsets import ModelViewSet

from .models import Document

log = logging.getLogger(__name__)
language_model = httpx.Client(base_url=settings.LANGUAGE_MODEL_URL, timeout=10)


class BearerToken(TokenAuthentication):
    keyword = "Bearer"


class ModelFailure(APIException):
    status_code = 502
    default_detail = "The language model gave no usable answer. Try again later."


class DocumentSerializer(ModelSerializer):
    class Meta:
        model = Document
        fields = ["id", "body", "written_at"]


def summary_of(text: str) -> str:
    """Return the language model's summary. ModelFailure if it cannot be reached or answers anything else."""
    asked = {"model": "small", "instruction": "Summarise in one sentence.", "text": text}
    try:
        summary = language_model.post("/complete", json=asked).raise_for_status().json()["text"]
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as failure:
        log.warning("The language model failed: %s", failure)
        raise ModelFailure from failure
    if not isinstance(summary, str):
        raise ModelFailure
    return summary


class DocumentViewSet(ModelViewSet):
    """List, add, show, change, remove come with the class."""

    authentication_classes = [BearerToken]
    serializer_class = DocumentSerializer

    def get_queryset(self) -> QuerySet[Document]:
        return Document.objects.filter(owner=self.request.user)  # somebody else's is as good as not there

    def perform_create(self, serializer: DocumentSerializer) -> None:
        serializer.save(owner=self.request.user)

    @action(detail=False, methods=["post"])
    def analyze(self, request: Request) -> Response:
        """Summarise a text without keeping it."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response({"analysis": summary_of(serializer.validated_data["body"])})


router = SimpleRouter(trailing_slash=False)
router.register("documents", DocumentViewSet, basename="document")
urlpatterns = router.urls
