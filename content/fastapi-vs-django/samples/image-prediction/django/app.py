"""Predict from an uploaded image: Django, without any package beside it.

    PYTHONPATH=../../stand_in uvicorn app:application

`POST /predict` takes a PNG or JPEG as the form's `file` and answers with a prediction and a confidence.
"""

import logging

import image_model
from django import forms
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST
from PIL import Image

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1", "localhost"])

log = logging.getLogger(__name__)

LARGEST_FILE = 2_000_000  # bytes
LARGEST_PICTURE = 4_000_000  # pixels: a small file can unpack into a very large picture


class PictureForm(forms.Form):
    """ImageField looks whether Pillow knows the file; what it has looked at has to be opened again."""

    file = forms.ImageField()

    def clean_file(self) -> Image.Image:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError("The file is larger than 2 MB.")
        if file.image.width * file.image.height > LARGEST_PICTURE:
            raise forms.ValidationError("The picture has more than 4 million pixels.")
        try:
            picture = Image.open(file, formats=["PNG", "JPEG"])
            picture.load()
        except (OSError, SyntaxError, ValueError) as problem:
            raise forms.ValidationError("The file is not a whole PNG or JPEG picture.") from problem
        return picture


@require_POST
def predict(request: HttpRequest) -> JsonResponse:
    """Say what the picture shows. A plain `def`: computing would block the event loop, so Django runs it in a thread."""
    form = PictureForm(files=request.FILES)
    if not form.is_valid():
        return JsonResponse({"detail": form.errors.get_json_data()}, status=400)
    try:
        prediction, confidence = image_model.predict(form.cleaned_data["file"])
    except Exception:  # the model is somebody else's code: whatever it raises is its failure
        log.exception("The image model failed")
        return JsonResponse({"detail": "The image model could not make a prediction for this picture."}, status=502)
    return JsonResponse({"prediction": prediction, "confidence": confidence})


urlpatterns = [path("predict", predict)]
application = get_asgi_application()
