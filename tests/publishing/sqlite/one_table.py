"""A database of one small table, in a file."""

from django.db import connections

from comparison.publishing.sqlite.base import DatabaseWrapper


def opened(tmp_path, alias="apart"):
    settings = connections["default"].settings_dict | {
        "ENGINE": "comparison.publishing.sqlite",
        "NAME": str(tmp_path / "a b#?.sqlite3"),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {"timeout": 1, "transaction_mode": "IMMEDIATE"},
    }
    wrapper = DatabaseWrapper(settings, alias)
    wrapper.inc_thread_sharing()
    if wrapper.create_file():
        with wrapper.cursor() as cursor:
            cursor.execute("CREATE TABLE word (text)")
            cursor.execute("INSERT INTO word VALUES ('one')")
    yield wrapper
    wrapper.close()


def words(wrapper):
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT text FROM word")
        return [text for (text,) in cursor.fetchall()]
