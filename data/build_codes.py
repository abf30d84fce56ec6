"""Build data/exchange/countries.csv: what ACLED and UCDP call each country, by number and by region.

    python data/build_codes.py

ISO 3166-1 numbers come from pycountry; Gleditsch and Ward numbers, which UCDP uses, and regions are written below.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pycountry

TARGET = Path(__file__).resolve().parent / "exchange" / "countries.csv"

GLEDITSCH_WARD = """
US 2 CA 20 BS 31 CU 40 HT 41 DO 42 JM 51 TT 52 BB 53 MX 70 BZ 80 GT 90 HN 91 SV 92 NI 93 CR 94 PA 95 CO 100 VE 101
GY 110 SR 115 EC 130 PE 135 BR 140 BO 145 PY 150 CL 155 AR 160 UY 165 GB 200 IE 205 NL 210 BE 211 LU 212 FR 220 CH 225
ES 230 PT 235 DE 260 PL 290 AT 305 HU 310 CZ 316 SK 317 IT 325 MT 338 AL 339 MK 343 HR 344 RS 340 ME 341 BA 346 XK 347
SI 349 GR 350 CY 352 BG 355 MD 359 RO 360 RU 365 EE 366 LV 367 LT 368 UA 369 BY 370 AM 371 GE 372 AZ 373 FI 375 SE 380
NO 385 DK 390 IS 395 CV 402 GW 404 GQ 411 GM 420 ML 432 SN 433 BJ 434 MR 435 NE 436 CI 437 GN 438 BF 439 LR 450 SL 451
GH 452 TG 461 CM 471 NG 475 GA 481 CF 482 TD 483 CG 484 CD 490 UG 500 KE 501 TZ 510 BI 516 RW 517 SO 520 DJ 522 ET 530
ER 531 AO 540 MZ 541 ZM 551 ZW 552 MW 553 ZA 560 NA 565 LS 570 BW 571 SZ 572 MG 580 KM 581 MU 590 MA 600 DZ 615 TN 616
LY 620 SD 625 SS 626 IR 630 TR 640 IQ 645 EG 651 SY 652 LB 660 JO 663 IL 666 SA 670 YE 678 KW 690 BH 692 QA 694 AE 696
OM 698 AF 700 TM 701 TJ 702 KG 703 UZ 704 KZ 705 CN 710 MN 712 TW 713 KP 731 KR 732 JP 740 IN 750 BT 760 PK 770 BD 771
MM 775 LK 780 MV 781 NP 790 TH 800 KH 811 LA 812 VN 816 MY 820 SG 830 BN 835 PH 840 ID 850 TL 860 AU 900 PG 910 NZ 920
SB 940 FJ 950
"""

ACLED_REGIONS = {
    "South Asia": "BD BT IN LK MV NP PK",
    "Caucasus and Central Asia": "AF AM AZ GE KG KZ TJ TM UZ",
    "Middle East": "AE BH IL IQ IR JO KW LB OM PS QA SA SY TR YE",
    "Southeast Asia": "BN ID KH LA MM MY PH SG TH TL VN",
    "East Asia": "CN HK JP KP KR MN MO TW",
    "Northern Africa": "DZ EG EH LY MA SD TN",
    "Western Africa": "BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG",
    "Middle Africa": "AO CD CF CG CM GA GQ ST TD",
    "Eastern Africa": "BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SO SS TZ UG YT ZM ZW",
    "Southern Africa": "BW LS NA SZ ZA",
    "North America": "CA US",
}

UCDP_REGIONS = {
    "Asia": "AF AU BD BN BT CN FJ ID IN JP KG KH KP KR KZ LA LK MM MN MV MY NP NZ PG PH PK SB SG TH TJ TL TM TW UZ VN",
    "Middle East": "AE BH EG IL IQ IR JO KW LB OM PS QA SA SY TR YE",
    "Europe": "AL AM AT AZ BA BE BG BY CH CY CZ DE DK EE ES FI FR GB GE GR HR HU IE IS IT LT LU LV MD ME MK MT NL NO PL"
    " PT RO RS RU SE SI SK UA XK",
}


def build_table() -> list[dict[str, str]]:
    """One row a country, by its ISO 3166-1 alpha-2 code; empty where this project knows no number or region."""
    words = GLEDITSCH_WARD.split()
    numbers = dict(zip(words[::2], words[1::2], strict=True))
    acled = {code: region for region, codes in ACLED_REGIONS.items() for code in codes.split()}
    ucdp = {code: region for region, codes in UCDP_REGIONS.items() for code in codes.split()}
    return [
        {
            "code": country.alpha_2,
            "iso_number": str(int(country.numeric)),
            "gleditsch_ward": numbers.get(country.alpha_2, ""),
            "acled_region": acled.get(country.alpha_2, ""),
            "ucdp_region": ucdp.get(country.alpha_2, ""),
        }
        for country in sorted(pycountry.countries, key=lambda country: country.alpha_2)
    ]


def main() -> None:
    """Write the table."""
    table = build_table()
    with TARGET.open("w", encoding="utf8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
    print(f"{TARGET}: {len(table)} countries")


if __name__ == "__main__":
    main()
