"""The table of units: every way to write one, under one name."""

# The name of a unit, then other words for it. Plurals in -s are made below.
_WORDS = """
second: sec; minute: min; hour: hr; day; week; month; year: yr
kilometre: kilometer; metre: meter; centimetre: centimeter; millimetre: millimeter
mile; yard; foot: feet; inch: inches
kilogram: kilogramme kilo; gram: gramme; milligram: milligramme; tonne; ton; pound; ounce; stone
litre: liter; millilitre: milliliter; gallon; pint; cup; tablespoon: tbsp; teaspoon: tsp
acre; hectare; degree; watt; kilowatt; megawatt; gigawatt; volt; amp: ampere; hertz; kilohertz
megahertz; gigahertz; byte; bit; kilobyte; megabyte; gigabyte; terabyte; pixel; calorie; joule
decibel; knot; $: dollar buck; €: euro; cent: ¢; penny: pence pennies; ¥: yen; yuan: renminbi
rupee; rouble: ruble; franc; krona: kronor; krone: kroner; peso; shekel; rand; £: sterling
%: percent pct; °c: celsius centigrade; °f: fahrenheit; mph; kph: kmh km/h; kwh; kilowatt-hour
"""
# Short forms that are sure only right behind digits.
_SHORT = """
second: s sec secs; minute: min mins; hour: h hr hrs; year: yr yrs; kilometre: km kms; metre: m
centimetre: cm; millimetre: mm; mile: mi; yard: yd yds; foot: ft; kilogram: kg kgs; gram: g
milligram: mg; tonne: t; lb: lb lbs; ounce: oz; litre: l; millilitre: ml; gallon: gal; hectare: ha
watt: w; kilowatt: kw; megawatt: mw; gigawatt: gw; volt: v; hertz: hz; kilohertz: khz
megahertz: mhz; gigahertz: ghz; kilobyte: kb; megabyte: mb; gigabyte: gb; terabyte: tb
°c: °c c; °f: °f f; degree: °; penny: p; decibel: db; square metre: m² sqm; cubic metre: m³
square kilometre: km²; square mile: mi² sqmi; €: eur; $: usd; £: gbp; micrometre: µm
"""


def _table(lines: str, plurals: bool) -> dict[str, str]:
    found = {}
    for entry in lines.replace("\n", ";").split(";"):
        name, _, others = (part.strip() for part in entry.partition(":"))
        if name:
            for form in [*others.split(), *([name] if plurals else [])]:
                found[form] = name
                if plurals and form.isalpha():
                    found[form + "s"] = name
    return found


UNITS = _table(_WORDS, plurals=True)
AFTER_DIGITS = _table(_SHORT, plurals=False) | {"us$": "us$"}
# Words between a number and its unit, and what they make of it.
MODIFIERS = {
    "square": "square ", "sq": "square ", "cubic": "cubic ",
    "us": "", "american": "", "british": "", "metric": "", "fluid": "", "nautical": "nautical ",
    "light": "light-", "full": "", "whole": "", "consecutive": "", "additional": "", "more": "",
    "long": "", "business": "", "calendar": "", "straight": "", "short": "", "extra": "",
}  # fmt: skip
# With "per hour" behind.
SPEEDS = dict.fromkeys(("mile", "miles"), "mph") | dict.fromkeys(
    ("km", "kilometre", "kilometres", "kilometer", "kilometers"), "kph"
)
