#include "ui/log/shorthand_completer.h"

#include "incident/shorthand.h"
#include "ui/cameras/camera_directory.h"
#include "ui/common/text.h"
#include "ui/incidents/incident_text.h"
#include "ui/log/incident_type_list.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QStandardItemModel>
#include <QTextBlock>
#include <algorithm>

namespace leedswatch::ui {

namespace {

constexpr std::size_t mostOffers = 8;
constexpr int popupWidth = 320;
constexpr int markRole = Qt::UserRole + 1;

/// Whether a word of the name begins with what was typed.
bool hasWord(const QString& name, const QString& typed) {
    const auto words = name.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::ranges::any_of(words, [&](const QString& word) { return word.startsWith(typed, Qt::CaseInsensitive); });
}

}  // namespace

ShorthandCompleter::ShorthandCompleter(QPlainTextEdit& text, const CameraDirectory& cameras,
                                       const IncidentTypeList& types)
    : QObject{&text},
      m_text{text},
      m_cameras{cameras},
      m_types{types},
      m_model{new QStandardItemModel{this}},
      m_completer{new QCompleter{m_model, this}} {
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setWidget(&text);
    m_completer->popup()->setObjectName(QStringLiteral("shorthandPopup"));
    m_completer->popup()->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_completer->popup()->installEventFilter(this);
    connect(m_completer, qOverload<const QModelIndex&>(&QCompleter::activated), this,
            [this](const QModelIndex& index) { take(index.data(markRole).toString()); });
    connect(&text, &QPlainTextEdit::textChanged, this, &ShorthandCompleter::follow);
}

bool ShorthandCompleter::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress) {
        return QObject::eventFilter(watched, event);
    }
    const auto* press = static_cast<QKeyEvent*>(event);
    const bool isTaken = press->key() == Qt::Key_Return || press->key() == Qt::Key_Enter || press->key() == Qt::Key_Tab;
    if (isTaken && press->modifiers().testFlag(Qt::ControlModifier)) {
        // Saving is saving, whatever is offered.
        m_completer->popup()->hide();
        QCoreApplication::sendEvent(&m_text, event);
        return true;
    }
    if (isTaken) {
        const QString mark = m_completer->popup()->currentIndex().data(markRole).toString();
        m_completer->popup()->hide();
        take(mark);
        return true;
    }
    return QObject::eventFilter(watched, event);
}

bool ShorthandCompleter::isOpen() const {
    return m_completer->popup()->isVisible();
}

QString ShorthandCompleter::markAtCursor() const {
    const QTextCursor cursor = m_text.textCursor();
    const std::string before = fromQt(cursor.block().text().left(cursor.positionInBlock()));
    return toQt(incident::markBeingWritten(before));
}

void ShorthandCompleter::addCameras(std::vector<Offer>& offers, const QString& typed) const {
    for (const estate::Camera& camera : m_cameras.cameras()) {
        if (offers.size() >= mostOffers) {
            return;
        }
        const QString number = QString::number(camera.number);
        if (number.startsWith(typed) || (!typed.isEmpty() && hasWord(toQt(camera.name), typed))) {
            offers.push_back({QLatin1Char('@') + number, toQt(camera.name)});
        }
    }
}

void ShorthandCompleter::addTypes(std::vector<Offer>& offers, const QString& typed) const {
    for (const incident::IncidentType& type : m_types.types()) {
        if (offers.size() >= mostOffers) {
            return;
        }
        const QString code = toQt(type.code);
        if (!type.isRetired && (code.startsWith(typed, Qt::CaseInsensitive) || hasWord(toQt(type.name), typed))) {
            offers.push_back({QLatin1Char('#') + code, m_types.nameOf(type.code)});
        }
    }
}

void ShorthandCompleter::addPriorities(std::vector<Offer>& offers, const QString& typed) {
    for (int priority = incident::highestPriority; priority <= incident::lowestPriority; ++priority) {
        const QString number = QString::number(priority);
        if (number.startsWith(typed)) {
            offers.push_back({QLatin1Char('!') + number, priorityName(priority).mid(2)});
        }
    }
}

std::vector<ShorthandCompleter::Offer> ShorthandCompleter::offersFor(const QString& mark) const {
    std::vector<Offer> offers;
    if (mark.isEmpty()) {
        return offers;
    }
    const QString typed = mark.mid(1);
    switch (mark.front().toLatin1()) {
        case '@': addCameras(offers, typed); break;
        case '#': addTypes(offers, typed); break;
        default: addPriorities(offers, typed); break;
    }
    // What stands there whole already needs no offer.
    const bool isWhole = offers.size() == 1 && offers.front().mark == mark;
    return isWhole ? std::vector<Offer>{} : offers;
}

void ShorthandCompleter::follow() {
    const auto offers = m_text.hasFocus() ? offersFor(markAtCursor()) : std::vector<Offer>{};
    if (offers.empty()) {
        m_completer->popup()->hide();
        return;
    }
    show(offers);
}

void ShorthandCompleter::show(const std::vector<Offer>& offers) {
    m_model->clear();
    for (const Offer& offer : offers) {
        auto* item = new QStandardItem{QStringLiteral("%1   %2").arg(offer.mark, offer.name)};
        item->setData(offer.mark, markRole);
        m_model->appendRow(item);
    }
    QRect place = m_text.cursorRect().translated(m_text.viewport()->pos());
    place.setWidth(popupWidth);
    m_completer->complete(place);
    m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(0, 0));
}

void ShorthandCompleter::take(const QString& mark) {
    QTextCursor cursor = m_text.textCursor();
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, static_cast<int>(markAtCursor().size()));
    cursor.insertText(mark + QLatin1Char(' '));
    m_text.setTextCursor(cursor);
}

}  // namespace leedswatch::ui
