#pragma once

#include "estate/wards.h"
#include "incident/incidents.h"
#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"

#include <QObject>
#include <QString>
#include <vector>

namespace leedswatch::ui {

/// Incidents as a desk knows them: read anew whenever one changes, while somebody looks. What a person does goes
/// through it, on a worker. UI thread only.
class IncidentBoard final : public QObject {
    Q_OBJECT

public:
    enum class Scope {
        All,
        OnlyOpen,  ///< for who chooses one to write to
    };

    IncidentBoard(ConsoleContext& context, Scope scope, QObject* parent);

    /// Open ones with the most urgent first, and then those that are closed, the newest first; or what was searched
    /// for, the newest first.
    [[nodiscard]] const std::vector<incident::Incident>& incidents() const { return m_incidents; }
    [[nodiscard]] const std::vector<estate::Ward>& wards() const { return m_wards; }
    [[nodiscard]] bool mayWrite() const;
    /// Why nothing could be read; empty: it could.
    [[nodiscard]] const QString& problem() const { return m_problem; }
    void setLookedAt(bool isLookedAt);
    /// Empty: all.
    void setWords(const QString& words);
    [[nodiscard]] bool isSearch() const { return !m_words.isEmpty(); }

    /// Does it on the worker and tells what came of it on this thread.
    template <typename Work, typename Done>
    void act(Work work, Done done) {
        m_worker.run(
            [&context = m_context, work = std::move(work)] {
                incident::Incidents incidents{context.database};
                return work(incidents, context.acting);
            },
            std::move(done));
    }

Q_SIGNALS:
    void changed();

private:
    struct Snapshot {
        std::vector<incident::Incident> incidents;
        std::vector<estate::Ward> wards;
    };

    void read();
    [[nodiscard]] static base::Result<Snapshot> snapshotOf(const ConsoleContext& context, Scope scope,
                                                           const std::string& words);
    void take(const base::Result<Snapshot>& snapshot);

    ConsoleContext& m_context;
    const Scope m_scope;
    std::vector<incident::Incident> m_incidents;
    std::vector<estate::Ward> m_wards;
    QString m_words;
    QString m_problem;
    bool m_isLookedAt = false;
    bool m_isReading = false;
    bool m_isStale = true;  ///< it has changed since it was read
    FeedListener m_feed;
    Worker m_worker;
};

}  // namespace leedswatch::ui
