"""Which language a visitor meets."""

import pytest


@pytest.mark.parametrize(
    ("wish", "locale"),
    [("no", "nb"), ("nb-NO,nb;q=0.9", "nb"), ("nn-NO", "nn"), ("en-GB,en;q=0.8", "en"), ("de", "nb"), ("de,en;q=0.5", "en"), ("sv", "nb"), ("", "nb")],
)
def test_the_browsers_wish_chooses_the_language_and_bokmaal_is_the_default(client, wish, locale):
    page = client.get("/", headers={"Accept-Language": wish}).get_data(as_text=True)
    assert f'<html lang="{locale}"' in page
