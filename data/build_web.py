"""Copy Leaflet and the fonts from their npm packages into geo/web, write fonts.css, and list them in SOURCES.toml.

Run ``python data/build_web.py`` with npm installed; versions are pinned in package.json. The copies are committed,
so that neither a build nor a reader's browser needs a network.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "geo" / "web"
SOURCES = ROOT / "data" / "SOURCES.toml"


@dataclass(frozen=True, kw_only=True)
class Copy:
    """One file of a package and where it goes."""

    package: str
    source: str
    """Path inside the package."""
    target: str
    """Path inside geo/web."""
    licence: str
    attribution: str


LEAFLET = {"package": "leaflet", "licence": "BSD-2-Clause", "attribution": "Leaflet, Volodymyr Agafonkin and others"}
FONTS = {
    # package: (files as subset-style, credit); Nastaliq is loaded by the browser for Urdu headings only
    "newsreader": (
        ("latin-normal", "latin-ext-normal", "latin-italic", "latin-ext-italic"),
        "The Newsreader Project Authors",
    ),
    "public-sans": (("latin-normal", "latin-ext-normal"), "The Public Sans Project Authors"),
    "noto-naskh-arabic": (("arabic-normal",), "The Noto Project Authors"),
    "noto-nastaliq-urdu": (("arabic-normal",), "The Noto Project Authors"),
}


def copies() -> list[Copy]:
    """Every file that is copied."""
    leaflet = [
        Copy(source="dist/leaflet.js", target="vendor/leaflet.js", **LEAFLET),
        Copy(source="dist/leaflet.css", target="vendor/leaflet.css", **LEAFLET),
        Copy(source="LICENSE", target="vendor/leaflet.LICENSE.txt", **LEAFLET),
    ]
    return leaflet + [copy for font in FONTS for copy in font_copies(font)]


def font_copies(font: str) -> list[Copy]:
    """The subsets of one font and its licence."""
    parts, credit = FONTS[font]
    about = {"package": f"@fontsource-variable/{font}", "licence": "OFL-1.1", "attribution": credit}
    files = [font_file(font, part) for part in parts]
    return [Copy(source=f"files/{name}", target=f"fonts/{name}", **about) for name in files] + [
        Copy(source="LICENSE", target=f"fonts/{font}.LICENSE.txt", **about)
    ]


def font_file(font: str, part: str) -> str:
    """File name of a subset: ``newsreader-latin-ext-wght-italic.woff2`` for ``latin-ext-italic``."""
    subset, style = part.rsplit("-", 1)
    return f"{font}-{subset}-wght-{style}.woff2"


def install_packages(folder: Path) -> None:
    """Fetch the pinned packages into a folder, running none of their scripts."""
    shutil.copy(ROOT / "package.json", folder)
    flags = ["--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(["npm", "install", *flags], cwd=folder, check=True)


def copy_file(copy: Copy, folder: Path) -> None:
    """Copy one file; a script loses the reference to its source map, which is not shipped."""
    content = (folder / "node_modules" / copy.package / copy.source).read_bytes()
    if copy.target.endswith(".js"):
        content = re.sub(rb"\n//# sourceMappingURL=\S+\s*$", b"\n", content)
    if copy.target.endswith("leaflet.css"):
        content = without_pictures(content)
    target = WEB / copy.target
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def without_pictures(css: bytes) -> bytes:
    """Leaflet's style without the icons of controls that are not used, so that no address in it leads nowhere."""
    return re.sub(rb"[^{}]*\{[^{}]*url\(images/[^{}]*\}", b"", css)


def write_font_css(folder: Path) -> None:
    """One @font-face for each subset, with the code points that the package states for it."""
    faces = [face for font in FONTS for face in font_faces(font, folder)]
    (WEB / "fonts" / "fonts.css").write_text("\n".join(faces), encoding="utf8")


def font_faces(font: str, folder: Path) -> list[str]:
    """The package's own rules for the subsets that are shipped."""
    package = folder / "node_modules" / "@fontsource-variable" / font
    rules = "".join(
        (package / name).read_text(encoding="utf8")
        for name in ("wght.css", "wght-italic.css")
        if (package / name).exists()
    )
    wanted = {font_file(font, part) for part in FONTS[font][0]}
    faces = re.findall(r"@font-face \{[^}]+\}\n?", rules)
    kept = [face for face in faces if re.search(r"files/([^)]+)\)", face)[1] in wanted]  # type: ignore[index]
    return [face.replace("./files/", "./").strip() + "\n" for face in kept]


def row_of(copy: Copy, versions: dict[str, str]) -> str:
    """The file's block for SOURCES.toml."""
    digest = hashlib.sha256((WEB / copy.target).read_bytes()).hexdigest()
    return (
        f'[[file]]\npath = "../geo/web/{copy.target}"\nsource = "npm package {copy.package} {versions[copy.package]}"\n'
        f'licence = "{copy.licence}"\ndate = "{date.today()}"\nsha256 = "{digest}"\n'
        f'built_by = "data/build_web.py"\nattribution = "{copy.attribution}"\n'
    )


def write_rows(rows: list[str]) -> None:
    """Put the rows in place of earlier ones of the same files."""
    text = SOURCES.read_text(encoding="utf8")
    blocks = re.split(r"(?m)^(?=\[\[file\]\])", text)
    kept = [block.strip() for block in blocks if 'path = "../geo/web/' not in block]
    SOURCES.write_text("\n\n".join([*kept, *(row.strip() for row in rows)]) + "\n", encoding="utf8")


def main() -> None:
    """Fetch, copy, list."""
    versions = json.loads((ROOT / "package.json").read_text(encoding="utf8"))["dependencies"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        install_packages(folder)
        for copy in copies():
            copy_file(copy, folder)
        write_font_css(folder)
    write_rows([row_of(copy, versions) for copy in copies()])
    print(f"{len(copies())} files, {sum((WEB / c.target).stat().st_size for c in copies()) // 1024} kB in {WEB}")


if __name__ == "__main__":
    main()
