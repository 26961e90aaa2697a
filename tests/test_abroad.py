"""Countries in articles that are not English, by their names in the language."""

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.annotation import annotate_article
from webapp.annotation.names_abroad import names
from webapp.model import Article, Country

TEXTS = {
    "de": "Österreichs Kanzlerin sprach in Ljubljana mit Slowenien, Ungarn und Italien über die "
    "Fähren. Großbritannien, die Türkei und die Vereinigten Staaten waren nicht dabei. Chinas "
    "Reeder und der US-Konzern schwiegen, Saudi-Arabien auch.",
    "fr": "L’Allemagne et le Tchad ont signé un accord. Le Royaume-Uni, les Pays-Bas et la "
    "Chine attendent. Un navire parti des Etats-Unis est arrivé en Côte d’Ivoire, puis en "
    "Corée du Sud.",
    "es": "El puerto de Alemania recibió barcos de México y de Corea del Sur. En Lima, los EE. UU. "
    "y Arabia Saudita negociaron con Chile. España no acudió.",
    "it": "L’Italia e gli Stati Uniti hanno parlato della Cina. Secondo gli Usa, il Regno Unito e "
    "i Paesi Bassi aspettano. Il traghetto dall’Arabia Saudita è in ritardo.",
    "pt": "A Alemanha e o Irão falaram com os Estados Unidos. A Coreia do Sul e a Polônia esperam "
    "no Peru. O Reino Unido pediu mais tempo aos Países Baixos.",
    "nl": "De haven van België wacht op schepen uit Duitsland en het Verenigd Koninkrijk. De VS en "
    "Zuid-Korea praten in Oostenrijk. Turkije zweeg.",
    "pl": "Minister mówił w Polsce o Niemczech, Rosji i Stanach Zjednoczonych. Statki z Chin płyną "
    "do Wielkiej Brytanii, a z Korei Południowej do Iranu.",
    "ru": "Паром из Германии пришёл в Россию. Министр говорил с Китаем, Ираном и Соединёнными "
    "Штатами, потом с Южной Кореей. США и Саудовская Аравия ждут.",
    "uk": "Пором із Німеччини прибув до України. Міністр говорив із Польщею, Китаєм та США, потім "
    "із Південною Кореєю. Велика Британія і В’єтнам чекають.",
    "tr": "Türkiye'nin feribotu Almanya'ya vardı. Bakan İran, Irak ve Çin ile görüştü. ABD ve "
    "Birleşik Krallık bekliyor; Güney Kore’den haber yok.",
    "ar": "وصلت العبارة من مصر إلى تركيا. وتحدث الوزير مع السعودية وإيران وللصين دور. وقالت "
    "الولايات المتحدة إن ألمانيا والمملكة المتحدة تنتظران كوريا الجنوبية.",
    "fa": "کشتی از ایران به ترکیه رسید. وزیر با چین و آلمان و عربستان گفت‌وگو کرد. ایالات متحده و "
    "کره جنوبی منتظرند و بریتانیا خاموش است.",
    "zh": "渡轮从中国开往印度尼西亚。部长在德国会见了美国和俄罗斯的代表，白俄罗斯没有参加。"
    "英国和沙特正在等待韩国。",
    "ja": "フェリーは日本から韓国へ向かった。大臣はドイツで米国と中国の代表に会い、"
    "インドネシアは出席しなかった。イギリスと北朝鮮は黙っている。",
    "ko": "여객선은 한국에서 일본으로 갔다. 장관은 독일에서 미국과 중국 대표를 만났고 "
    "인도네시아는 오지 않았다. 영국은 북한을 기다린다.",
}
NAMED = {
    "de": "AT SI HU IT GB TR US CN SA",
    "fr": "DE TD GB NL CN US CI KR",
    "es": "DE MX KR PE US SA CL ES",
    "it": "IT US CN GB NL SA",
    "pt": "DE IR US KR PL PE GB NL",
    "nl": "BE DE GB US KR AT TR",
    "pl": "PL DE RU US CN GB KR IR",
    "ru": "DE RU CN IR US KR SA",
    "uk": "DE UA PL CN US KR GB VN",
    "tr": "TR DE IR IQ CN US GB KR",
    "ar": "EG TR SA IR CN US DE GB KR",
    "fa": "IR TR CN DE SA US KR GB",
    "zh": "CN ID DE US RU BY GB SA KR",
    "ja": "JP KR DE US CN ID GB KP",
    "ko": "KR JP DE US CN ID GB KP",
}


def named(text: str, language: str) -> dict[str, Country]:
    article = Article("Title", text, language=language)
    return {country.code: country for country in annotate_article(article).countries}


@pytest.mark.parametrize("language", TEXTS)
def test_countries_by_their_names(language: str) -> None:
    assert set(named(TEXTS[language], language)) == set(NAMED[language].split())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Ein Nigerianer, ein mali, ein tschad. Schweizer Käse flog mit Emirates."),
        ("de", "Ein Jersey aus Wolle lag in den Bergen, zum Essen kam Michael Jordan."),
        ("fr", "Une tasse de chine et un vase en chine. Chine ou faïence ? Air France vole."),
        ("es", "El chile verde pica mucho. Chile en polvo. La Reunión fue en Granada."),
        ("it", "La porcellana, in cina antica, e un malto. Sofia Colombo non c’era, Milan sì."),
        ("pt", "O peru assado ficou bom. Maurício e a ira do vizinho. Peru ou frango?"),
        ("nl", "Het Nederlands is een taal. Japans eten in een oude emmer, Hollands weer."),
        ("pl", "Dania były zimne. Kuba Nowak gotował. Mali kucharze mieli komory i gaz."),
        ("ru", "Того не было. Малые города ждут суда. Газ подорожал, а кубок мал. Дана дома."),
        ("uk", "Дані свідчать про інше. Того дня газ подорожчав, а куби лежали. Малі діти спали."),
        ("tr", "Mısır tarlası kurudu. Mali işler müdürü geldi. İranlı değil."),
        ("ar", "قدم المدير تقريرا عن الوضع المالي وهو مالي بحت. حضر البنين والبنات في عمان."),
        ("fa", "مدیر گزارش مالی را داد. چک برگشت خورد و کار مالی تمام شد."),
        ("zh", "沿海地区和上海地区下雨。司法国际合作会议谈到印度洋和马里兰州的古巴比伦展览。"),
        ("ja", "マリアさんはネクタイを買い、インド洋の中国地方の本を読んだ。タイ記録だった。"),
        ("ko", "수단과 방법을 찾았다. 인도적 지원이 시작됐다. '평화'이란 말이 나왔다. 저지했다."),
        # Cities.
        ("de", "Das Haus Oranje-Nassau ist alt. Er las im Roman."),
        ("fr", "Qu’il vienne. Vienne le temps des cerises."),
        ("es", "Sofía y Adelaida rieron."),
        ("it", "San Paolo apostolo scrisse. Una mosca vola."),
        ("ru", "Чарльз Дарвин болел: вены. Гавань пуста, и Берни Сандерс уехал."),
        ("lt", "Viena diena. Buvo viena moteris."),
        ("el", "Ο Σαμαράς μίλησε. Καιρός ήταν."),
        ("ar", "عاد باكرا إلى مسقط رأسه."),
        ("he", "המסרו והשלימה של הריגה בעדן."),
        ("fa", "دوشنبه کیف او را پرت کردند."),
        ("zh", "这里加入了新条款，包罗万象，自由市场也在其中。"),
        ("ja", "ローマ字でパースを描いた。"),
        ("ko", "퍼스트레이디가 말했다. 암만 봐도 모르겠다."),
    ],
)  # fmt: skip
def test_other_words_are_no_countries(language: str, text: str) -> None:
    assert named(text, language) == {}


@pytest.mark.parametrize(
    ("language", "text", "code", "forms"),
    [
        ("de", "Österreichs See und Österreich.", "AT", ["Österreichs", "Österreich"]),
        ("de", "In den Vereinigten Staaten und den USA.", "US", ["Vereinigten Staaten", "USA"]),
        ("fr", "aux États-Unis, à l’Allemagne", "US", ["États-Unis"]),
        ("fr", "aux États-Unis, à l’Allemagne", "DE", ["Allemagne"]),
        ("fr", "Au Caire, le port du Caire, Le Caire", "EG", ["Caire", "Caire", "Le Caire"]),
        ("it", "Dall’Avana: L’Avana all'Avana", "CU", ["Avana", "L’Avana", "Avana"]),
        ("es", "Dice que Chile gana. Chile espera.", "CL", ["Chile", "Chile"]),
        ("ru", "Россия, России, Россией", "RU", ["Россия", "России", "Россией"]),
        ("pl", "w Korei Południowej", "KR", ["Korei Południowej"]),
        ("cs", "mluvil o Rusku a Číně", "CN", ["Číně"]),
        ("fi", "Suomen ja Englannin välillä", "GB", ["Englannin"]),
        ("hu", "Kínával és Németországban", "CN", ["Kínával"]),
        ("el", "της Γερμανίας και των ΗΠΑ", "US", ["ΗΠΑ"]),
        ("ro", "României și Germaniei", "DE", ["Germaniei"]),
        ("ar", "وللصين والعراق", "CN", ["وللصين"]),
        ("he", "נסע לארה״ב ולישראל", "US", ["לארה״ב"]),
        ("hi", "भारत और चीन", "IN", ["भारत"]),
        ("th", "ประเทศไทยและจีน", "CN", ["จีน"]),
        ("zh", "美国和美國", "US", ["美国", "美國"]),
    ],
)
def test_a_name_in_its_forms(language: str, text: str, code: str, forms: list[str]) -> None:
    assert [mention.span.of(text) for mention in named(text, language)[code].mentions] == forms


CITIES = {
    "de": ("Wiens Bürgermeister flog über Brüssel nach Peking und Neu-Delhi, nicht nach Moskau.",
           "AT BE CN IN RU"),
    "fr": ("De Pékin à Londres, Moscou inquiète. Le Caire et Nicosie attendent.", "CN GB RU EG CY"),
    "es": ("De Londres a Pekín, Moscú preocupa. Nueva York y El Cairo esperan.", "GB CN RU US EG"),
    "it": ("Da Londra a Parigi, poi a Pechino. Mosca tace.", "GB FR CN RU"),
    "pl": ("W Waszyngtonie i Paryżu mówiono o Berlinie. Moskwa milczy.", "US FR DE RU"),
    "ru": ("В Вашингтоне и Париже говорили о Берлине. Пекин молчит.", "US FR DE CN"),
    "hu": ("Bécsben és Varsóban Pekingről beszéltek.", "AT PL CN"),
    "fi": ("Pariisissa ja Lontoossa puhuttiin Moskovasta.", "FR GB RU"),
    "tr": ("Bakan Londra’dan Pekin’e uçtu, Moskova bekliyor.", "GB CN RU"),
    "ar": ("سافر الوزير من القاهرة إلى واشنطن وبكين.", "EG US CN"),
    "zh": ("外长从北京飞往华盛顿，会见了莫斯科的代表。", "CN US RU"),
    "ja": ("大臣は北京からワシントンへ飛び、モスクワの代表と会った。", "CN US RU"),
    "ko": ("장관은 베이징에서 워싱턴으로 갔다. 모스크바는 침묵했다.", "CN US RU"),
}  # fmt: skip


@pytest.mark.parametrize("language", CITIES)
def test_capitals_and_large_cities_by_their_names(language: str) -> None:
    text, codes = CITIES[language]
    found = named(text, language)
    assert set(found) == set(codes.split())
    assert {m.via for country in found.values() for m in country.mentions} <= {"capital", "city"}


def test_the_longest_name_is_the_country() -> None:
    assert set(named("La Corée du Sud et la Papouasie-Nouvelle-Guinée.", "fr")) == {"KR", "PG"}
    assert set(named("Guinea Ecuatorial y Guinea-Bisáu negocian.", "es")) == {"GQ", "GW"}


def test_english_names_and_cities_count_where_they_are_no_other_word() -> None:
    assert set(named("In Madrid sprach man mit Iraq Oil und der UAE-Flotte.", "de")) == {
        "ES", "IQ", "AE",
    }  # fmt: skip
    assert named("Turkey schmeckt. Essen ist fertig. Lille pige.", "da").keys() <= {"TR"}


def test_a_language_without_names_has_the_english_ones() -> None:
    assert names("wa") == ()
    assert set(named("Li batea vént di Germany.", "wa")) == {"DE"}


def test_how_a_country_is_named() -> None:
    text = "Die USA, Deutschland und Madrid."
    found = named(text, "de")
    assert [found[code].mentions[0].via for code in ("US", "DE", "ES")] == [
        "alias", "name", "capital",
    ]  # fmt: skip
    assert found["DE"].name == "Germany"


def test_english_is_read_as_before() -> None:
    article = Article("Title", "The Chile pepper of Österreich is from Chile.", language="en")
    assert [country.code for country in annotate_article(article).countries] == ["CL"]


WORDS = sorted({word for text in TEXTS.values() for word in text.split()})


@given(
    st.sampled_from([*TEXTS, "el", "he", "hi", "th", "fi", "hu", "la", "xx", ""]),
    st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=30),
    st.sampled_from([" ", "-", "\n\n", ""]),
)
def test_mentions_lie_in_the_text_in_order(language: str, words: list[str], gap: str) -> None:
    text = gap.join(words)
    spans = []
    for country in annotate_article(Article("T", text, language=language)).countries:
        starts = [mention.span for mention in country.mentions]
        assert starts == sorted(starts)
        spans += starts
    spans.sort()
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@pytest.mark.parametrize("language", ["de", "ru", "ar", "zh"])
def test_a_long_article_takes_no_time(language: str) -> None:
    text = TEXTS[language]
    text = "\n\n".join([text] * (1000 // len(text.split()) if language != "zh" else 20))
    named(text, language)
    began = process_time()
    named(text, language)
    assert process_time() - began < 0.5  # a tenth of that on a machine that does nothing else
