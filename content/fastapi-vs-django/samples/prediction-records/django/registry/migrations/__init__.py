"""The history of the tables. `python app.py makemigrations` writes it from the models."""
