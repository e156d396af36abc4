"""What stands in a file is found by the firm that sent it, and by no other."""

from govmatch.worker.examining import Examiner
from tests.site import Site
from tests.unit.files.test_looking import written
from tests.web.applications.doing import begin, fill, save, submit
from tests.web.applications.world import World

WORD = "Quokkatron"


def test_a_word_in_an_added_file_leads_to_the_application(site: Site, world: World) -> None:
    bo, other = site.as_(world.bo), site.as_(world.dieter)
    address = begin(bo)
    fill(bo, address)
    upload = {"q-papers": ("plan.pdf", written([f"{WORD} measures"]), "application/pdf")}
    assert save(bo, address, "team", {"q-skills": "x"}, files=upload).status_code == 303
    assert submit(bo, address).status_code == 303
    site.work()
    assert address not in bo.get(f"/search?q={WORD}").text, "not read yet"
    Examiner(site.settings, site.database).finish()
    site.work()
    assert f'href="{address}' in bo.get(f"/search?q={WORD}").text
    for reader in (other, site.visit()):
        assert address not in reader.get(f"/search?q={WORD}").text
