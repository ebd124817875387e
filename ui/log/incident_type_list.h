#pragma once

#include "incident/incident_types.h"
#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"

#include <QObject>
#include <QString>
#include <vector>

namespace leedswatch::ui {

/// What an incident can be, as the store has it now: those that the program comes with until it has been read.
class IncidentTypeList final : public QObject {
    Q_OBJECT

public:
    IncidentTypeList(ConsoleContext& context, QObject* parent);

    /// As a tree is read.
    [[nodiscard]] const std::vector<incident::IncidentType>& types() const { return m_types; }
    /// "Violence, Fight".
    [[nodiscard]] QString nameOf(const std::string& code) const;
    /// How many types it is below.
    [[nodiscard]] int depthOf(const incident::IncidentType& type) const;

Q_SIGNALS:
    void changed();

private:
    void load();
    void take(const base::Result<std::vector<incident::IncidentType>>& types);

    ConsoleContext& m_context;
    std::vector<incident::IncidentType> m_types;
    FeedListener m_feed;
    Worker m_worker;
};

}  // namespace leedswatch::ui
