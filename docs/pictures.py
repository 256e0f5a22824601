"""Pictures of the running dashboard with the sample data: those in the readme, or every page to look at.

.venv/bin/python docs/pictures.py              docs/this-week.png
.venv/bin/python docs/pictures.py FOLDER       every page at 1280 and 390 px, light and dark
"""

from __future__ import annotations

import sys
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from serving import QUIET, serving, store_sample
from touchline import HOME, ensure_browser

PAGES = {
    "this-week": "",
    "scoreboard": "scoreboard",
    "desk": "desk",
    "trends": "trends",
    "plan": "plan",
    "adjustments": "adjustments",
    **{name: name for name in ("owed", "friday", "close_the_loop", "touch", "declined", "contact_quality")},
    "follow_up_rules": "follow_up_rules",
    **{name: name for name in ("care", "support", "retention", "handoffs", "referrals")},
    "upload": "upload",
    "imports": "imports",
    "health": "imports?about=Data+health",
    "twice": "imports?about=Same+call+twice",
    "people": "people",
    "standards": "standards",
    "definitions": "definitions",
}
IN_THE_README = ("this-week",)
WIDTHS = {1280: 900, 390: 844}


def picture(browser: Browser, address: str, path: Path, width: int, scheme: str, whole: bool) -> None:
    size = {"width": width, "height": WIDTHS[width]}
    context = browser.new_context(viewport=size, color_scheme=scheme, device_scale_factor=1.5 if not whole else 1)
    page = context.new_page()
    page.goto(address)
    page.get_by_role("heading", level=1).first.wait_for()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(4000)
    if whole:
        # The page scrolls inside the window, so a tall window is what shows all of it.
        height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": width, "height": min(int(height), 6000)})
        page.wait_for_timeout(2000)
    page.screenshot(path=path)
    context.close()


def every_page(browser: Browser, url: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for (name, address), width, scheme in product(PAGES.items(), WIDTHS, ("light", "dark")):
        picture(browser, f"{url}/{address}", folder / f"{name}-{width}-{scheme}.png", width, scheme, whole=True)


def main(arguments: list[str]) -> None:
    with (
        tempfile.TemporaryDirectory() as scratch,
        serving(store_sample(Path(scratch))) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=ensure_browser(), args=list(QUIET))
        if arguments:
            every_page(browser, server.url, Path(arguments[0]))
        else:
            for name in IN_THE_README:
                path = HOME / "docs" / f"{name}.png"
                picture(browser, f"{server.url}/{PAGES[name]}", path, 1280, "light", whole=False)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
