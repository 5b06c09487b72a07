"""An article of the FAQ, read in the window: its text, and nothing from elsewhere."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from bureaucrat import errands
from bureaucrat.advice import Article
from bureaucrat.failures import Json
from bureaucrat.office import Office
from bureaucrat.parts import button, label, show_text
from bureaucrat.theme import colours
from bureaucrat.translation import _
from bureaucrat.wording import failure

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
        self._text.show_html(str(answer.get("html", "")))
        self._helped.setEnabled(True)

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
        """In the browser, and only where a browser or a mail program is meant."""
        whole = QUrl(self._office.settings.server + "/").resolved(address)
        if whole.scheme() in _LEADS_AWAY:
            QDesktopServices.openUrl(whole)


class _Reader(QTextBrowser):
    """Fetches nothing by itself, whatever the text names."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "article")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(24)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        return None

    def show_html(self, html: str) -> None:
        chosen = colours()
        self.document().setDefaultStyleSheet(
            f"a {{ color: {chosen.accent}; }} p, li {{ line-height: 135%; }}"
            "h2 { font-size: 13pt; } h3, h4, h5, h6 { font-size: 11pt; }"
            f"pre, code {{ background-color: {chosen.raised}; font-family: monospace; }}"
            f"th, td {{ padding: 4px 10px; border: 1px solid {chosen.line}; }}"
            f"blockquote {{ color: {chosen.muted}; }}"
        )
        self.setHtml(html)
