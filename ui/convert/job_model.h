#pragma once

#include "transcode/job.h"

#include <QAbstractListModel>
#include <vector>

namespace leedswatch::ui {

/// The recordings that are to be converted, as rows, in the order of the list. Holds values; never talks to the user.
class JobModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1,
        NameRole,   ///< the source's file name
        PlaceRole,  ///< the folder that it is in; of one that failed, what happened
        WordsRole,  ///< as wordsOf()
        StateRole,  ///< a transcode::JobState, as int
        ShareRole,  ///< thousandths
        DamageRole,
    };

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    /// Announces rows that have changed, and rows that have come at the end or gone, each as what it is; only another
    /// order has all of them made anew.
    void setJobs(std::vector<transcode::Job> jobs);
    [[nodiscard]] const std::vector<transcode::Job>& jobs() const { return m_jobs; }

private:
    void removeMissing(const std::vector<transcode::Job>& jobs);

    std::vector<transcode::Job> m_jobs;
};

}  // namespace leedswatch::ui
