"""Predict from an uploaded image: FastAPI.

    PYTHONPATH=../../stand_in uvicorn main:app

`POST /predict` takes a PNG or JPEG as the form's `file` and answers with a prediction and a confidence.
"""

import logging
from typing import Annotated

import image_model
from fastapi import FastAPI, HTTPException, UploadFile
from PIL import Image
from pydantic import BaseModel, Field

log = logging.getLogger(__name__)

LARGEST_FILE = 2_000_000  # bytes
LARGEST_PICTURE = 4_000_000  # pixels: a small file can unpack into a very large picture


class Prediction(BaseModel):
    prediction: str
    confidence: Annotated[float, Field(ge=0, le=1)]


def opened(file: UploadFile) -> Image.Image:
    """Return the uploaded picture, read to its end. HTTPException if it is too large or no picture at all."""
    if (file.size or 0) > LARGEST_FILE:
        raise HTTPException(413, "The file is larger than 2 MB.")
    try:
        picture = Image.open(file.file, formats=["PNG", "JPEG"])
        if picture.width * picture.height > LARGEST_PICTURE:
            raise HTTPException(413, "The picture has more than 4 million pixels.")
        picture.load()
    except Image.DecompressionBombError as problem:
        raise HTTPException(413, "The picture has more than 4 million pixels.") from problem
    except (OSError, SyntaxError, ValueError) as problem:
        raise HTTPException(422, "The file is not a whole PNG or JPEG picture.") from problem
    return picture


app = FastAPI(title="Image prediction")


@app.post("/predict", responses={413: {"description": "Too large"}, 502: {"description": "The model failed"}})
def predict(file: UploadFile) -> Prediction:
    """Say what the picture shows. A plain `def`: computing would block the event loop, so FastAPI runs it in a thread."""
    picture = opened(file)
    try:
        prediction, confidence = image_model.predict(picture)
    except Exception as failure:  # the model is somebody else's code: whatever it raises is its failure
        log.exception("The image model failed")
        raise HTTPException(502, "The image model could not make a prediction for this picture.") from failure
    return Prediction(prediction=prediction, confidence=confidence)
