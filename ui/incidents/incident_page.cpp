#include "ui/incidents/incident_page.h"

#include "ui/common/card_list.h"
#include "ui/common/search_field.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/incidents/incident_board.h"
#include "ui/incidents/incident_forms.h"
#include "ui/incidents/incident_text.h"
#include "ui/log/incident_type_list.h"

#include <QAction>
#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QScrollBar>
#include <QTextBrowser>
#include <algorithm>

// What the page shows and does; how it is laid out is in incident_page_layout.cpp.

namespace leedswatch::ui {

using incident::Incident;

const Incident* IncidentPage::chosen() const {
    const auto id = m_list->chosen();
    const auto& all = m_board->incidents();
    const auto found = std::ranges::find_if(all, [&](const Incident& one) { return one.id.value() == id; });
    return found == all.end() ? nullptr : &*found;
}

QString IncidentPage::wardOf(const Incident& one) const {
    const auto& wards = m_board->wards();
    const auto found = std::ranges::find_if(wards, [&](const estate::Ward& ward) { return one.said.ward == ward.id; });
    return found == wards.end() ? QString{} : QStringLiteral("%1 (%2)").arg(toQt(found->name), toQt(found->committee));
}

void IncidentPage::takeFocus() {
    // A list without rows is not there, and keys would go nowhere.
    m_list->isHidden() ? m_search->setFocus() : m_list->setFocus();
}

void IncidentPage::choose(incident::IncidentId id) {
    m_list->choose(id.value());
}

void IncidentPage::follow() {
    showCards();
    showActions();
    loadSheet();
    m_problem->setVisible(!m_board->problem().isEmpty());
    m_problem->setText(m_board->problem());
}

void IncidentPage::showCards() {
    const base::UtcTime now = m_context.clock.now();
    std::vector<Card> cards;
    std::ranges::transform(m_board->incidents(), std::back_inserter(cards),
                           [&](const Incident& one) { return cardOf(one, *m_types, now); });
    const auto open = std::ranges::count_if(m_board->incidents(), &Incident::isOpen);
    m_counts->setText(m_board->isSearch() ? QStringLiteral("%1 found").arg(cards.size())
                                          : QStringLiteral("%1 open").arg(open));
    const bool isEmpty = cards.empty();
    m_empty->setText(m_board->isSearch()
                         ? QStringLiteral("No incident has a line with all of these words.")
                         : QStringLiteral("No incident yet.\n\nAlt+N opens one; so does Ctrl+Shift+Enter in the log."));
    m_list->setVisible(!isEmpty);
    m_empty->setVisible(isEmpty);
    m_list->setCards(std::move(cards));
    if (!m_list->chosen() && !isEmpty) {
        m_list->choose(m_board->incidents().front().id.value());
    }
}

void IncidentPage::showActions() {
    const Incident* one = chosen();
    const bool mayWrite = m_board->mayWrite();
    const bool isOpen = one != nullptr && one->isOpen();
    m_new->setEnabled(mayWrite);
    m_line->setEnabled(mayWrite && one != nullptr);
    m_person->setEnabled(mayWrite && one != nullptr);
    m_change->setEnabled(mayWrite && isOpen);
    m_close->setEnabled(mayWrite && isOpen);
    m_reopen->setEnabled(mayWrite && one != nullptr && !isOpen);
}

void IncidentPage::loadSheet() {
    const auto id = m_list->chosen();
    if (!id || m_isLoading) {
        m_isSheetStale = m_isLoading;
        if (!id) {
            m_loaded.reset();
            showSheet();
        }
        return;
    }
    m_isLoading = true;
    m_isSheetStale = false;
    m_board->act([id = incident::IncidentId{*id}](incident::Incidents& incidents,
                                                  const access::Acting& acting) { return incidents.sheet(acting, id); },
                 [this](const base::Result<incident::IncidentSheet>& sheet) {
                     m_isLoading = false;
                     if (sheet && sheet->incident.id.value() == m_list->chosen()) {
                         m_loaded = *sheet;
                         showSheet();
                     }
                     if (m_isSheetStale) {
                         loadSheet();
                     }
                 });
}

void IncidentPage::showSheet() {
    if (!m_loaded) {
        m_sheet->clear();
        return;
    }
    QScrollBar* bar = m_sheet->verticalScrollBar();
    const bool wasAtEnd = bar->value() == bar->maximum();
    const int position = bar->value();
    m_sheet->setHtml(incidentAsHtml(*m_loaded, *m_types, wardOf(m_loaded->incident)));
    // The newest line is the last: who reads it goes on with it, who reads further up stays there.
    bar->setValue(wasAtEnd ? bar->maximum() : position);
}

void IncidentPage::writeLine() {
    if (const Incident* one = chosen(); one != nullptr && m_board->mayWrite()) {
        Q_EMIT lineWanted(one->id.value(), toQt(one->reference));
    }
}

void IncidentPage::openNew() {
    incident::Said said;
    said.type = "asb";
    said.isProactive = true;
    said.cameraNumber = m_selectedCamera > 0 ? std::optional{m_selectedCamera} : std::nullopt;
    auto* form = new SaidForm{*m_types, m_board->wards(), said, true};
    openIncidentForm(
        m_context, QStringLiteral("Open an incident"), QStringLiteral("It gets the next number of the year."),
        QStringLiteral("Open"), form,
        [form]() -> IncidentWork {
            return [said = form->said(), text = form->text()](incident::Incidents& incidents,
                                                              const access::Acting& acting) -> base::Result<void> {
                TRY(incidents.open(acting, said, text));
                return {};
            };
        },
        this);
}

void IncidentPage::change() {
    const Incident* one = chosen();
    if (one == nullptr) {
        return;
    }
    auto* form = new SaidForm{*m_types, m_board->wards(), one->said, false};
    openIncidentForm(
        m_context, QStringLiteral("Change %1").arg(toQt(one->reference)),
        QStringLiteral("What was said before stays in its record."), QStringLiteral("Change"), form,
        [form, id = one->id, seen = one->version]() -> IncidentWork {
            return [said = form->said(), id, seen](incident::Incidents& incidents,
                                                   const access::Acting& acting) -> base::Result<void> {
                TRY(incidents.change(acting, id, seen, said));
                return {};
            };
        },
        this);
}

void IncidentPage::describe() {
    const Incident* one = chosen();
    if (one == nullptr) {
        return;
    }
    const bool isLoaded = m_loaded && m_loaded->incident.id == one->id;
    auto* form = new PersonForm{isLoaded ? m_loaded->persons : std::vector<incident::Person>{}};
    openIncidentForm(
        m_context, QStringLiteral("A person of %1").arg(toQt(one->reference)),
        QStringLiteral("How they looked. Who they are belongs in police records."), QStringLiteral("Describe"), form,
        [form, id = one->id]() -> IncidentWork {
            return [id, number = form->number(), description = form->description()](
                       incident::Incidents& incidents, const access::Acting& acting) -> base::Result<void> {
                TRY(incidents.describe(acting, id, number, description));
                return {};
            };
        },
        this);
}

void IncidentPage::closeIncident() {
    const Incident* one = chosen();
    if (one == nullptr) {
        return;
    }
    auto* outcome = new QComboBox;
    outcome->setObjectName(QStringLiteral("outcomeComboBox"));
    outcome->addItem(QStringLiteral("Choose what came of it"), QString{});
    for (const incident::CodeName& known : incident::outcomes()) {
        outcome->addItem(toQt(known.name), toQt(known.code));
    }
    outcome->setMaxVisibleItems(20);
    auto* text = makeLine("closingTextLineEdit", QStringLiteral("What else is to be said; may be empty"));
    QWidget* form = makeForm({{QStringLiteral("Outcome"), outcome}, {QStringLiteral("Words"), text}});
    openIncidentForm(
        m_context, QStringLiteral("Close %1").arg(toQt(one->reference)),
        QStringLiteral("Reports count by the outcome."), QStringLiteral("Close it"), form,
        [outcome, text, id = one->id, seen = one->version]() -> IncidentWork {
            return [code = fromQt(outcome->currentData().toString()), words = fromQt(text->text()), id, seen](
                       incident::Incidents& incidents, const access::Acting& acting) -> base::Result<void> {
                TRY(incidents.close(acting, id, seen, code, words));
                return {};
            };
        },
        this);
}

void IncidentPage::reopen() {
    const Incident* one = chosen();
    if (one == nullptr) {
        return;
    }
    auto* why = makeLine("reopenLineEdit", QStringLiteral("What happened"));
    openIncidentForm(
        m_context, QStringLiteral("Open %1 again").arg(toQt(one->reference)), QStringLiteral("Its outcome goes."),
        QStringLiteral("Open again"), makeForm({{QStringLiteral("Why"), why}}),
        [why, id = one->id]() -> IncidentWork {
            return [words = fromQt(why->text()), id](incident::Incidents& incidents,
                                                     const access::Acting& acting) -> base::Result<void> {
                TRY(incidents.reopen(acting, id, words));
                return {};
            };
        },
        this);
}

void IncidentPage::findIncident() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void IncidentPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_board->setLookedAt(true);
    loadSheet();
    m_minute.start();
}

void IncidentPage::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    m_board->setLookedAt(false);
    m_minute.stop();
}

void IncidentPage::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Escape) {
        QWidget::keyPressEvent(event);
        return;
    }
    if (!m_search->text().isEmpty()) {
        m_search->clear();
        m_list->setFocus();
        return;
    }
    Q_EMIT closed();
}

}  // namespace leedswatch::ui
