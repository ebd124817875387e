#include "ui/testing/walk_screen.h"

#include "base/local_time.h"
#include "ui/common/elided_label.h"
#include "ui/common/text.h"
#include "ui/testing/testing_board.h"
#include "ui/testing/testing_text.h"
#include "ui/testing/zone_grid.h"

#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <utility>

// What the screen shows; how it is laid out is in walk_screen_layout.cpp, what it asks in walk_questions.cpp.

namespace leedswatch::ui {

namespace {

using response::WalkProgress;

/// The whole of it at once: nobody reads "2" where "22 of 40" stands.
void setWholeWords(QLabel& label, const QString& words) {
    label.setMinimumWidth(QFontMetrics{label.font()}.horizontalAdvance(words) + 4);
    label.setText(words);
}

}  // namespace

void WalkScreen::open(response::WalkTestId walk) {
    if (m_walk != walk) {
        m_walk = walk;
        m_progress.reset();
        m_lines->clear();
        m_grid->setZones({});
        m_count->setText(QStringLiteral("…"));
        m_newest->clear();
        m_newestTime->clear();
    }
    read();
}

void WalkScreen::takeFocus() {
    m_grid->setFocus();
}

void WalkScreen::showEvent(QShowEvent* /*event*/) {
    m_second.start();
    read();
}

void WalkScreen::hideEvent(QHideEvent* /*event*/) {
    m_second.stop();
}

void WalkScreen::read() {
    if (!m_walk) {
        return;
    }
    if (std::exchange(m_isReading, true)) {
        m_isStale = true;
        return;
    }
    m_worker.run(
        [&context = m_context, walk = *m_walk, before = m_progress] {
            return response::WalkTests{context.database}.progress(context.acting, walk, before);
        },
        [this, walk = *m_walk](const base::Result<WalkProgress>& progress) {
            m_isReading = false;
            if (walk == m_walk) {
                take(progress);
            }
            if (std::exchange(m_isStale, false) || walk != m_walk) {
                read();
            }
        });
}

void WalkScreen::take(const base::Result<WalkProgress>& progress) {
    if (!progress) {
        m_warning->setText(sentenceOf(progress.error()) +
                           QStringLiteral(" What is shown may be old; what comes is kept all the same."));
        m_warning->show();
        return;
    }
    m_progress = *progress;
    show(*m_progress);
}

void WalkScreen::show(const WalkProgress& progress) {
    const response::WalkTest& walk = progress.walk;
    const bool isOver = walk.ended.has_value();
    m_place->setWholeText(QStringLiteral("%1 · %2 · %3")
                              .arg(placeText(walk.name, walk.reference), toQt(walk.engineer),
                                   scopeText(walk.scope.area, walk.scope.zone)));
    const int unexpected = progress.tally.unexpected();
    const bool isKnown = progress.tally.expected() > 0;
    setWholeWords(*m_count, isKnown
                                ? QStringLiteral("%1 of %2").arg(progress.tally.come()).arg(progress.tally.expected())
                                : QStringLiteral("%1 in").arg(unexpected));
    m_count->setToolTip(isKnown ? QStringLiteral("Zones that are in, of those that are expected")
                                : QStringLiteral("Zones that are in; which there are is not known"));
    if (progress.newest.empty()) {
        m_newest->setText(isOver ? QStringLiteral("Walk test is over") : QStringLiteral("Nothing has come yet"));
        m_newestTime->setText(
            isOver ? QStringLiteral("Ended %1 by %2").arg(dayAndTimeText(*walk.ended), toQt(walk.endedBy))
                   : QStringLiteral("Begun %1").arg(clockText(walk.begun)));
    } else {
        const response::WalkLine& line = progress.newest.back();
        m_newest->setText(newestText(line, progress.tally));
        const QString words = line.zone.empty() ? QString{} : toQt(line.words) + QStringLiteral("  ·  ");
        m_newestTime->setText(
            words + toQt(base::formatLocalTimeOfDay(line.received)) +
            (unexpected == 0 ? QString{} : QStringLiteral("  ·  %1 that nobody expected").arg(unexpected)));
    }
    m_lines->clear();
    for (auto line = progress.newest.rbegin(); line != progress.newest.rend(); ++line) {
        m_lines->addItem(QStringLiteral("%1  %2").arg(toQt(base::formatLocalTimeOfDay(line->received)),
                                                      newestText(*line, progress.tally)));
    }
    m_lines->setVisible(!progress.newest.empty());
    m_grid->setZones(progress.tally.zones());
    for (QPushButton* button : {m_zones, m_learn, m_prolong, m_finish}) {
        button->setEnabled(!isOver && m_board.mayAnswer());
    }
    m_prolong->setEnabled(!isOver && m_board.mayAnswer() && progress.onTest.has_value());
    showTime();
}

void WalkScreen::showTime() {
    if (!m_progress) {
        return;
    }
    const bool isOver = m_progress->walk.ended.has_value();
    const auto& test = m_progress->onTest;
    const auto left = test ? test->ends - m_context.clock.now() : base::Microseconds{0};
    const bool isOnTest = test && left > base::Microseconds{0};
    setWholeWords(*m_until, isOver ? QStringLiteral("over")
                            : isOnTest
                                ? QStringLiteral("on test until %1 · %2").arg(clockText(test->ends), leftText(left))
                                : QStringLiteral("NOT ON TEST"));
    const bool warns = !isOver && !isOnTest;
    m_warning->setText(
        QStringLiteral("The test has ended: what comes now is shown as alarms on every desk. Tell the "
                       "engineer, or put the system on test again (Esc, then Ins)."));
    m_warning->setVisible(warns);
}

void WalkScreen::toggleOutstanding() {
    m_outstanding->toggle();
    m_grid->showOutstandingOnly(m_outstanding->isChecked());
}

}  // namespace leedswatch::ui
