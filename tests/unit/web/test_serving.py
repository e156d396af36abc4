"""The program that serves, as others import it."""

import gc
import importlib


def test_who_imports_it_still_has_their_garbage_sought() -> None:
    importlib.import_module("govmatch.serving")
    assert gc.isenabled()
