def test_smoke(app, make, sign_in, client):
    from matchmaker.challenges.models import Challenge
    from matchmaker.core.database import db
    member = make.department_member()
    c = sign_in(member)
    r = c.get("/utfordringer/ny"); assert r.status_code == 200
    org = member.memberships[0].organisation_id
    data = dict(token="abc", organisation=str(org), title="Mat i søpla", need="Vi kaster mat.", version="", language="nb")
    r = c.post("/utfordringer/ny", data=data); assert r.status_code == 303, r.text
    r = c.get(r.location); assert r.status_code == 200, r.text
    ch = db.session.scalars(db.select(Challenge)).one()
    r = c.post(f"/utfordringer/{ch.id}/rediger", data={**data, "version": str(ch.version), "act": "publish"}); assert r.status_code == 422
    r = c.post(f"/utfordringer/{ch.id}/rediger", data={**data, "version": str(db.session.get(Challenge, ch.id).version), "act": "publish", "affected": "Kokker", "effect": "Halvere", "answers_due": "2099-01-01", "contact_email": "a@example.com", "essential-0": "Rask"}); assert r.status_code == 303, r.text
    for url in ("/utfordringer", f"/utfordringer/{ch.id}", f"/utfordringer/{ch.id}/utskrift"):
        assert client.get(url).status_code == 200, url
    assert "Mat i søpla" in client.get("/utfordringer").text
    for g in ("drafts", "open", "ended", "archived"):
        assert c.get("/utfordringer/mine?gruppe=" + g).status_code == 200
    assert c.get(f"/utfordringer/{ch.id}/rediger").status_code == 200
    assert c.post("/utfordringer/rad", data=data).status_code == 200
