import pytest

from matchmaker.engine.languages import detect_language


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Vi kaster for mye mat på sykehjemmene, og vet ikke hva som står på lageret.", "nb"),
        ("Me kastar for mykje mat på sjukeheimane, og veit ikkje kva som står på lageret.", "nn"),
        ("We throw away too much food in the nursing homes, and do not know what is in stock.", "en"),
        ("", ""),
        ("12345 !!!", ""),
    ],
)
def test_bokmaal_nynorsk_and_english_are_told_apart(text, lang):
    assert detect_language(text) == lang
