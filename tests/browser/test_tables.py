"""The matrix, and side by side: ordered by a click, found while one types, on a phone, on paper."""

from playwright.sync_api import Page, expect

PHONE = {"width": 390, "height": 800}


def test_a_click_on_a_heading_orders_the_matrix_in_place(page: Page) -> None:
    page.goto("/matrix?size=10")
    first = page.locator(".matrix tbody th").first
    page.locator("#order-TR").click()
    expect(page.locator("th[aria-sort] #order-TR")).to_be_focused()
    expect(first).to_contain_text("Yusef al-Karimi")
    expect(page).to_have_url("/matrix?size=10&rows=about:TR")
    page.locator("#sort-rows-name").click()
    expect(first).to_contain_text("Claire Montbrun")
    page.go_back()
    expect(first).to_contain_text("Yusef al-Karimi")


def test_a_number_leads_to_its_quotes(page: Page) -> None:
    page.goto("/matrix")
    cell = page.get_by_label("Yusef al-Karimi about Iraq: 8 quotes")
    expect(cell).to_have_text("8")
    cell.click()
    expect(page.locator("h1")).to_contain_text("8 quotes by Yusef al-Karimi about Iraq")


def test_headings_stay_in_sight(page: Page) -> None:
    page.set_viewport_size({"width": 900, "height": 500})
    page.goto("/matrix?size=40")
    region = page.get_by_role("region", name="Quotes by speaker and country")
    region.evaluate("region => region.scrollTo(400, 300)")
    box, head = region.bounding_box(), page.locator(".matrix thead th").nth(20).bounding_box()
    name = page.locator(".matrix tbody th").nth(20).bounding_box()
    assert box
    assert head
    assert name
    assert abs(head["y"] - box["y"]) < 3
    assert abs(name["x"] - box["x"]) < 3


def test_a_speaker_is_found_while_one_types(page: Page) -> None:
    page.goto("/matrix")
    page.locator("#matrix-find").press_sequentially("karim")
    page.locator("#matrix-found a").click()
    expect(page.locator("h1")).to_have_text("Countries in quotes by Yusef al-Karimi")


def test_on_a_phone_one_chooses(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/matrix")
    expect(page.locator(".matrix")).to_be_hidden()
    page.get_by_label("or one country").select_option(label="Turkey")
    page.locator(".choose button").click()
    expect(page.locator("h1")).to_have_text("Who speaks about Turkey")
    expect(page.locator(".ranked tbody th").first).to_have_text("Yusef al-Karimi")
    page.goto("/matrix")
    page.get_by_role("link", name="the whole table").click()
    expect(page.locator(".matrix")).to_be_visible()


def test_a_wide_screen_needs_no_choice(page: Page) -> None:
    page.goto("/matrix")
    expect(page.locator(".matrix")).to_be_visible()
    expect(page.locator(".choose")).to_be_hidden()


def test_paper_has_the_shades_and_no_tools(page: Page) -> None:
    page.goto("/matrix")
    page.emulate_media(media="print")
    expect(page.locator(".matrix")).to_be_visible()
    for part in (".tools", ".orders", "#order-TR"):
        expect(page.locator(part).first).to_be_hidden()
    adjust = "cell => getComputedStyle(cell).printColorAdjust"
    assert page.locator("td[class^=heat]").first.evaluate(adjust) == "exact"


def test_speakers_are_offered_while_one_types(page: Page) -> None:
    page.goto("/sides")
    page.get_by_label("Speaker", exact=True).press_sequentially("haug")
    offered = page.locator("#speakers-found option")
    expect(offered).to_have_count(1)
    assert offered.get_attribute("value") == "Marit Haugerud"
    page.get_by_label("Speaker", exact=True).fill("Marit Haugerud")
    page.get_by_label("Second speaker").fill("tammsalu")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("h1")).to_have_text("Marit Haugerud and Kersti Tammsalu")
    expect(page).to_have_url("/sides?by=marit-haugerud&by=kersti-tammsalu")


def test_sides_stand_beside_each_other_and_on_a_phone_below(page: Page) -> None:
    page.goto("/sides?by=yusef-al-karimi&by=selin-karahan&about=IQ")
    sides = page.locator("section:has(h3:text('June 2025')) .side")

    def boxes() -> list[float]:
        return [box["x"] for side in sides.all() if (box := side.bounding_box())]

    left, right = boxes()
    assert right > left + 300
    expect(sides.first.locator(".whose")).to_be_hidden()
    page.set_viewport_size(PHONE)
    left, right = boxes()
    assert left == right
    expect(sides.first.locator(".whose")).to_have_text("Yusef al-Karimi")
