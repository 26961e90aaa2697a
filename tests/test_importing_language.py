import pytest

from webapp.importing.language import language_of


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The ferry did not sail this morning, because the wind was too strong."),
        ("de", "Die Fähre fuhr heute Morgen nicht, weil der Wind zu stark gewesen ist."),
        ("fr", "Le ferry n’est pas parti ce matin, parce que le vent était trop fort."),
        ("es", "El transbordador no salió esta mañana porque el viento era demasiado fuerte."),
        ("it", "Il traghetto non è partito questa mattina perché il vento era troppo forte."),
        ("pt", "A balsa não partiu esta manhã porque o vento estava forte demais."),
        ("nl", "De veerboot is vanochtend niet vertrokken omdat de wind te hard waaide."),
        ("pl", "Prom nie wypłynął dziś rano, ponieważ wiatr był zbyt silny."),
        ("ru", "Паром не вышел сегодня утром, потому что ветер был слишком сильным."),
        ("uk", "Пором не вийшов сьогодні вранці, тому що вітер був надто сильним."),
        ("ar", "لم تبحر العبارة هذا الصباح لأن الرياح كانت قوية جدا على الساحل."),
        ("fa", "کشتی امروز صبح حرکت نکرد، زیرا باد در ساحل بسیار شدید بود."),
        ("tr", "Feribot bu sabah kalkmadı, çünkü rüzgâr kıyıda çok kuvvetliydi."),
        ("el", "Το πλοίο δεν απέπλευσε σήμερα το πρωί, επειδή ο άνεμος ήταν πολύ δυνατός."),
        ("ja", "今朝は風が強すぎたため、フェリーは出航しませんでした。"
               "乗客は港の待合室で次の便を待っていると係員は話しています。"),
        ("zh", "今天早上风太大，渡轮没有开航。港口的工作人员说，"
               "乘客们正在候船室里等待下一班船，预计下午风会变小，那时渡轮就可以出发了。"),
    ],
)  # fmt: skip
def test_language(code: str, text: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize(
    "text", ["", "Crane Falls", "12 345 " * 50, "— … — " * 50, "xq zzk qqx " * 3]
)
def test_what_is_too_little_has_no_language(text: str) -> None:
    assert language_of(text) == ""
