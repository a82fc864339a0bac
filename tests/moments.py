"""A database as it is at one moment while somebody else writes: a program, because it takes two
connections to a real one. Says what it counted before, meanwhile and after.
"""

import django


def counted() -> list[int]:
    from django.db import connection

    from comparison.models import FormerAddress
    from comparison.publishing.backups.writing import one_moment

    other = connection.copy()
    counts = []
    with one_moment():
        counts.append(FormerAddress.objects.count())
        with other.cursor() as cursor:
            cursor.execute(
                "INSERT INTO comparison_formeraddress (slug, successor) VALUES ('a', 'b')"
            )
        counts.append(FormerAddress.objects.count())
    counts.append(FormerAddress.objects.count())
    other.close()
    return counts


if __name__ == "__main__":
    django.setup()
    print(counted())
