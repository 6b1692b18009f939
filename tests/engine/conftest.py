import pytest

from matchmaker.engine.documents import Document
from matchmaker.engine.encode import TwinEncoder
from matchmaker.engine.matcher import Matcher

OFFERS = [
    Document("stock", "Oversikt over varer på lager. Appen viser datoer og antall.", "nb"),
    Document("cars", "Deling av elbiler for innbyggere og ansatte. Bilene bestilles på mobil.", "nb"),
    Document("cards", "Fritidskort for barn og unge. Familien betaler ingenting.", "nb"),
    Document("water", "Målere som finner lekkasjer i vannrør. Varsel på mobil.", "nb"),
]
NEEDS = [
    Document("food", "Kjøkkenet mangler oversikt over varer på lager. Hva går ut på dato?", "nb"),
    Document("leaks", "Vi vil finne lekkasjer i vannrør.", "nb"),
]


@pytest.fixture
def encoder():
    return TwinEncoder()


@pytest.fixture
def matcher(tmp_path, encoder):
    """A small index of four offers and two needs, committed."""
    found = Matcher.open(tmp_path / "index", encoder)
    found.upsert("offer", OFFERS)
    found.upsert("need", NEEDS)
    found.commit()
    return found
