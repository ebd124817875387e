#include "ui/convert/job_model.h"

#include "ui/common/text.h"
#include "ui/convert/job_words.h"

#include <algorithm>
#include <span>
#include <unordered_set>

namespace leedswatch::ui {

using transcode::Job;
using transcode::JobId;
using transcode::JobState;

int JobModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_jobs.size());
}

QVariant JobModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Job& job = m_jobs[static_cast<std::size_t>(index.row())];
    const bool hasFailed = job.state == JobState::Failed;
    switch (role) {
        case IdRole: return static_cast<qlonglong>(job.id.value());
        case NameRole: return toQt(job.source.filename().string());
        case PlaceRole: return hasFailed ? sentenceOf(job.error) : toQt(job.source.parent_path().string());
        case WordsRole: return wordsOf(job);
        case StateRole: return static_cast<int>(job.state);
        case ShareRole: return job.share;
        case DamageRole: return job.hasDamage;
        case Qt::ToolTipRole: return toQt(job.source.string());
        case Qt::AccessibleTextRole:
            return QStringLiteral("%1, %2").arg(toQt(job.source.filename().string()), wordsOf(job));
        default: return {};
    }
}

void JobModel::removeMissing(const std::vector<Job>& jobs) {
    std::unordered_set<JobId> kept;
    for (const Job& job : jobs) {
        kept.insert(job.id);
    }
    for (int last = rowCount() - 1; last >= 0; --last) {
        if (kept.contains(m_jobs[static_cast<std::size_t>(last)].id)) {
            continue;
        }
        int first = last;
        while (first > 0 && !kept.contains(m_jobs[static_cast<std::size_t>(first - 1)].id)) {
            --first;
        }
        beginRemoveRows({}, first, last);
        m_jobs.erase(m_jobs.begin() + first, m_jobs.begin() + last + 1);
        endRemoveRows();
        last = first;
    }
}

void JobModel::setJobs(std::vector<Job> jobs) {
    removeMissing(jobs);
    const auto isSameOrder = jobs.size() >= m_jobs.size() &&
                             std::ranges::equal(m_jobs, std::span{jobs}.first(m_jobs.size()), {}, &Job::id, &Job::id);
    if (!isSameOrder) {
        beginResetModel();
        m_jobs = std::move(jobs);
        endResetModel();
        return;
    }
    for (std::size_t row = 0; row < m_jobs.size(); ++row) {
        if (m_jobs[row] != jobs[row]) {
            m_jobs[row] = jobs[row];
            const QModelIndex changed = index(static_cast<int>(row));
            Q_EMIT dataChanged(changed, changed);
        }
    }
    if (jobs.size() > m_jobs.size()) {
        beginInsertRows({}, rowCount(), static_cast<int>(jobs.size()) - 1);
        m_jobs = std::move(jobs);
        endInsertRows();
    }
}

}  // namespace leedswatch::ui
