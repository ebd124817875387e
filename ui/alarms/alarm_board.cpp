#include "ui/alarms/alarm_board.h"

#include <algorithm>
#include <utility>

namespace leedswatch::ui {

using response::Alarm;

AlarmBoard::AlarmBoard(ConsoleContext& context, QObject* parent)
    : QObject{parent}, m_context{context}, m_feed{context.feed, {"alarms"}, this}, m_worker{*this} {
    if (!access::mayDo(context.acting.role, access::Right::SeeAlarms)) {
        return;
    }
    connect(&m_feed, &FeedListener::changed, this, &AlarmBoard::read);
    read();
}

bool AlarmBoard::mayAnswer() const {
    return access::mayDo(m_context.acting.role, access::Right::AnswerAlarms);
}

void AlarmBoard::read() {
    if (std::exchange(m_isReading, true)) {
        m_isStale = true;
        return;
    }
    m_worker.run([&context = m_context] { return response::AlarmQueue{context.database}.snapshot(context.acting); },
                 [this](const base::Result<response::QueueSnapshot>& queue) {
                     m_isReading = false;
                     take(queue);
                     if (std::exchange(m_isStale, false)) {
                         read();
                     }
                 });
}

void AlarmBoard::take(const base::Result<response::QueueSnapshot>& queue) {
    if (!queue) {
        return;  // the status bar tells when the store cannot be read; what was known stays
    }
    m_queue = *queue;
    const auto isForThisDesk = [this](const Alarm& alarm) {
        return alarm.forwardedTo.empty() || alarm.forwardedTo == m_context.acting.workstation;
    };
    m_waiting.clear();
    std::ranges::copy_if(m_queue.waiting, std::back_inserter(m_waiting), isForThisDesk);
    m_mine.clear();
    std::ranges::copy_if(m_queue.inHand, std::back_inserter(m_mine),
                         [this](const Alarm& alarm) { return alarm.owner == m_context.acting.username; });
    std::ranges::sort(m_mine, {}, [](const Alarm& alarm) { return alarm.ownedSince; });
    markShown();
    Q_EMIT changed();
}

void AlarmBoard::setSeen(bool isSeen) {
    m_isSeen = isSeen;
    markShown();
}

void AlarmBoard::markShown() {
    if (!m_isSeen) {
        return;
    }
    std::vector<response::AlarmId> unseen;
    for (const auto* part : {&m_queue.waiting, &m_queue.held}) {
        for (const Alarm& alarm : *part) {
            if (!alarm.presented) {
                unseen.push_back(alarm.id);
            }
        }
    }
    if (unseen.empty()) {
        return;
    }
    m_worker.run(
        [&context = m_context, unseen = std::move(unseen)] {
            return response::AlarmQueue{context.database}.present(context.acting, unseen);
        },
        [](const base::Result<void>&) {});
}

}  // namespace leedswatch::ui
