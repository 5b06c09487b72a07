"""An article of the FAQ, read in the window: its text and its pictures, and nothing from elsewhere."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from bureaucrat import errands
from bureaucrat.advice import Article
from bureaucrat.failures import Json
from bureaucrat.file_viewer import Picture
from bureaucrat.office import Office
from bureaucrat.parts import button, label, show_text
from bureaucrat.theme import colours
from bureaucrat.translation import _
from bureaucrat.wording import EXPECTED, failure

_MARGIN = 24
_PICTURE = re.compile(r'src="(/api/v1/articles/pictures/[0-9a-f-]{36})"')
# A browser keeps the place free by it; here pictures are as wide as the window allows.
_SIZE = re.compile(r' (?:width|height)="[0-9]{1,5}"')
_LEADS_AWAY = {"http", "https", "mailto", "tel"}


class ArticlePage(QWidget):
    back_wanted = Signal()
    helped = Signal(object)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._article: Article | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        self._text = _Reader()
        self._text.setObjectName("article_text")
        self._text.anchorClicked.connect(self._follow)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._foot())

    def show_article(self, article: Article) -> None:
        self._article = article
        self._title.setText(article.title)
        self._helped.setEnabled(False)
        self._text.setPlainText(_("Opening…"))
        show_text(self._message, "")
        self._text.setFocus()
        errands.send(
            self,
            lambda: self._office.article(article.id),
            lambda answer: self._came(article, answer),
            self._did_not_come,
        )

    def _came(self, article: Article, answer: Json) -> None:
        if article != self._article:
            return
        self._title.setText(str(answer.get("title", article.title)))
        html = str(answer.get("html", ""))
        self._text.show_html(html, {})
        self._helped.setEnabled(True)
        if addresses := dict.fromkeys(_PICTURE.findall(html)):
            errands.send(
                self, lambda: self._fetched(addresses), lambda found: self._show(article, html, found)
            )

    def _fetched(self, addresses: Iterable[str]) -> dict[str, QImage]:
        """Waits for the network; a picture that does not come is left out."""
        found = {}
        for address in addresses:
            with contextlib.suppress(*EXPECTED):
                found[address] = QImage.fromData(self._office.file(address))
        return found

    def _show(self, article: Article, html: str, pictures: dict[str, QImage]) -> None:
        if article == self._article:
            self._text.show_html(html, pictures)

    def _did_not_come(self, trouble: Exception) -> None:
        self._text.clear()
        show_text(self._message, failure(trouble))

    def _head(self) -> QWidget:
        head = QFrame()
        head.setProperty("role", "bar")
        layout = QVBoxLayout(head)
        layout.setContentsMargins(16, 10, 24, 14)
        layout.setSpacing(2)
        row = QHBoxLayout()
        row.addWidget(button(_("← Back to the report"), "article_back", self.back_wanted.emit, "quiet"))
        row.addStretch(1)
        layout.addLayout(row)
        self._title = label("", "title", "article_title", wrap=True)
        self._title.setContentsMargins(8, 0, 0, 0)
        layout.addWidget(self._title)
        return head

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("role", "foot")
        layout = QVBoxLayout(foot)
        layout.setContentsMargins(24, 12, 24, 12)
        self._message = label("", "error", "article_message", wrap=True)
        self._message.hide()
        layout.addWidget(self._message)
        row = QHBoxLayout()
        row.addWidget(label(_("What you have written is kept."), "muted"), 1)
        row.addWidget(button(_("It did not help"), "article_no_help", self.back_wanted.emit))
        self._helped = button(_("This helped"), "article_helped", self._say_helped, "primary")
        row.addWidget(self._helped)
        layout.addLayout(row)
        return foot

    def _say_helped(self) -> None:
        if self._article:
            self.helped.emit(self._article)

    def _follow(self, address: QUrl) -> None:
        """A picture opens large; else in the browser, and only where a browser or a mail program is meant."""
        if picture := self._text.pictures.get(address.toString()):
            Picture(self, self._title.text(), picture).show()
            return
        whole = QUrl(self._office.settings.server + "/").resolved(address)
        if whole.scheme() in _LEADS_AWAY:
            QDesktopServices.openUrl(whole)


class _Reader(QTextBrowser):
    """Fetches nothing by itself, whatever the text names: it has the pictures it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.pictures: dict[str, QImage] = {}
        self.setProperty("role", "article")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(_MARGIN)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        picture = self.pictures.get(name.toString() if isinstance(name, QUrl) else name)
        if picture is None:
            return None
        widest = max(self.viewport().width() - 2 * _MARGIN, 100)
        smooth = Qt.TransformationMode.SmoothTransformation
        return picture if picture.width() <= widest else picture.scaledToWidth(widest, smooth)

    def show_html(self, html: str, pictures: dict[str, QImage]) -> None:
        place = self.verticalScrollBar().value()
        self.pictures = pictures
        chosen = colours()
        self.document().setDefaultStyleSheet(
            f"a {{ color: {chosen.accent}; }} p, li {{ line-height: 135%; }}"
            "h2 { font-size: 13pt; } h3, h4, h5, h6 { font-size: 11pt; }"
            f"pre, code {{ background-color: {chosen.raised}; font-family: monospace; }}"
            f"th, td {{ padding: 4px 10px; border: 1px solid {chosen.line}; }}"
            f"blockquote {{ color: {chosen.muted}; }}"
        )
        # The document remembers what it was refused before.
        self.document().clear()
        self.setHtml(_SIZE.sub("", html))
        self.verticalScrollBar().setValue(place)
