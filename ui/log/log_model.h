#pragma once

#include "base/clock.h"
#include "incident/incident_log.h"

#include <QAbstractListModel>
#include <vector>

namespace leedswatch::ui {

class IncidentTypeList;

/// The log's entries as rows, newest first. Holds values; never talks to the user.
class LogModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1,
        TimeRole,  ///< local; with the date if it is not today's
        ReferenceRole,
        CategoryRole,  ///< its name
        TextRole,
        CameraRole,  ///< "104 Briggate / Boar Lane", or empty
        AuthorRole,
    };

    explicit LogModel(const base::Clock& clock, const IncidentTypeList& types, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    /// Entries that are new at the top are inserted, so that a reader who has scrolled down stays where he was.
    void setEntries(std::vector<incident::LogLine> entries);
    /// One that has just been saved. Nothing happens if it is here already.
    void addNewest(const incident::LogLine& entry);

private:
    [[nodiscard]] QString timeOf(const incident::LogLine& entry) const;

    const base::Clock& m_clock;
    const IncidentTypeList& m_types;
    std::vector<incident::LogLine> m_entries;
};

}  // namespace leedswatch::ui
