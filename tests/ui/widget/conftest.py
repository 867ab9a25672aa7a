"""The widget in a real browser: pages of another origin under a strict policy, and the real server."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.data.widget_site import KEY, Site, Visit, Visiting, Written, listening, policy_for, web_site

if TYPE_CHECKING:
    from fastapi import FastAPI

    from answer.pipeline import Answerer
    from ui.settings import Settings

HEIGHT = 740
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="module")  # another file may drive a browser of its own
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The embedding site."""
    with web_site() as served:
        yield served


@pytest.fixture(scope="session")
def public_app(answerer: Answerer, settings: Settings, site: Site) -> FastAPI:
    """The real server, open to that site with a key."""
    from ui.api import create_app

    named = replace(settings, origins=(site.origin,), widget_key=KEY, citations_per_minute=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # Gradio leaves event loops open
        made = create_app(answerer, named)
        gc.collect()
    return made


@pytest.fixture(scope="session")
def api(public_app: FastAPI, site: Site) -> Iterator[str]:
    """Where the server is reached."""
    with listening(public_app) as (address, _):
        site.policy = policy_for(address)
        yield address


class Tabs:
    """Pages that tests use one after the other: to open one takes longer than most tests do."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self._browser = browser
        self._site = site
        self._contexts: dict[bool, BrowserContext] = {}  # by whether it is touched
        self._free: dict[bool, list[Page]] = {False: [], True: []}

    def context(self, touch: bool) -> BrowserContext:
        """A visitor's browser, nothing kept in it."""
        context = self._browser.new_context(
            viewport=ViewportSize(width=1280, height=HEIGHT), locale="vi-VN", has_touch=touch, is_mobile=touch
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=self._site.origin)
        return context

    def take(self, touch: bool) -> Page:
        """A page that no other test uses now."""
        if self._free[touch]:
            return self._free[touch].pop()
        if touch not in self._contexts:
            self._contexts[touch] = self.context(touch)
        return self._contexts[touch].new_page()

    def give_back(self, page: Page, touch: bool) -> None:
        """Leaves it as it was."""
        page.unroute_all()
        page.goto("about:blank")
        page.mouse.move(0, 0)
        page.emulate_media(reduced_motion="null", forced_colors="null")
        self._free[touch].append(page)


@pytest.fixture(scope="module")
def tabs(browser: Browser, site: Site) -> Tabs:
    """Of the browser."""
    return Tabs(browser, site)


@pytest.fixture
def visit(tabs: Tabs, site: Site, api: str) -> Iterator[Visiting]:
    """Opens a page as a new visitor; afterwards nothing may have gone wrong nor left for another place."""
    visits: list[tuple[Visit, bool, bool, bool]] = []

    def visiting(
        address: str,
        *,
        width: int = 1280,
        scheme: Literal["light", "dark"] = "light",
        touch: bool = False,
        quiet: bool = True,
        clock: bool = False,
    ) -> Visit:
        alone = clock or not quiet  # what is done to such a page cannot be undone
        one = Visit(tabs.context(touch).new_page() if alone else tabs.take(touch))
        visits.append((one, alone, touch, quiet))
        one.page.set_viewport_size({"width": width, "height": HEIGHT})
        one.page.emulate_media(color_scheme=scheme)
        if clock:
            one.page.clock.install()
        one.page.goto(address)
        return one

    yield visiting
    for one, alone, touch, quiet in visits:
        one.leave()
        if alone:
            one.page.context.close()
        else:
            tabs.give_back(one.page, touch)
        if quiet:
            assert one.complaints == []
            assert [asked.url for asked in one.requests if not asked.url.startswith((site.origin, api))] == []


@pytest.fixture
def page_of(site: Site, api: str) -> Written:
    """Writes a page that embeds the widget; its address."""

    def written(
        body: str,
        *,
        css: str = "",
        script: str | None = "data-auto",
        head: str = "",
        lang: str = "vi",
        path: str = "/trang",
    ) -> str:
        style = tag = ""
        if css:
            site.add(f"{path}.css", css)
            style = f'<link rel="stylesheet" href="{path}.css">'
        if script is not None:
            key = "" if "data-key" in script else f'data-key="{KEY}"'
            tag = f'<script src="{api}/v1/widget/hoidap-widget.js" {key} {script} defer></script>'
        return site.add(
            path,
            f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>Trang của tỉnh</title>{style}{tag}{head}</head><body>{body}</body></html>",
        )

    return written
