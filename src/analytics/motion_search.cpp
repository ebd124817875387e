#include "analytics/motion_search.h"

#include "analytics/watched_times.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <span>
#include <string>
#include <utility>

namespace leedswatch::analytics {
namespace {

/// Joins the seconds of a search to moments.
class MomentMaker {
public:
    explicit MomentMaker(const MotionQuery& query) : m_query{query} {}

    void add(std::int64_t number, const ActivitySpan& span) {
        for (const ActivitySpan::Second& one : span.seconds()) {
            const base::UtcTime time = ActivitySpan::timeOf(number, one.second);
            const auto cells = static_cast<int>((one.cells & m_query.region).count());
            if (cells > 0 && time + std::chrono::seconds{1} > m_query.period.begin && time < m_query.period.end) {
                add(time, cells);
            }
        }
    }
    /// One more than asked for: that there are more is known.
    [[nodiscard]] bool isFull() const { return m_moments.size() > m_query.most; }
    [[nodiscard]] MotionFound found() && {
        const bool isCut = isFull();
        m_moments.resize(std::min(m_moments.size(), m_query.most));
        return {std::move(m_moments), isCut, {}};
    }

private:
    void add(base::UtcTime second, int cells) {
        if (m_moments.empty() || second - m_moments.back().until >= m_query.apart) {
            m_moments.push_back({second, second, 0, second});
        }
        MotionMoment& moment = m_moments.back();
        moment.until = second + std::chrono::seconds{1};
        if (cells > moment.mostCells) {
            moment.mostCells = cells;
            moment.busiest = second;
        }
    }

    const MotionQuery& m_query;
    std::vector<MotionMoment> m_moments;
};

base::Result<MotionFound> momentsOf(store::Database& database, const MotionQuery& query, const std::stop_token& stop) {
    return database.read([&](soci::session& sql) -> base::Result<MotionFound> {
        const long long id = query.camera.value();
        const long long first = ActivitySpan::spanOf(query.period.begin);
        const long long last = ActivitySpan::spanOf(query.period.end);
        long long number = 0;
        std::string blob;
        soci::statement statement =
            (sql.prepare << "SELECT span, seconds FROM motion_activity WHERE camera_id = :camera AND span BETWEEN "
                            ":first AND :last ORDER BY span",
             soci::use(id, "camera"), soci::use(first, "first"), soci::use(last, "last"), soci::into(number),
             soci::into(blob));
        MomentMaker maker{query};
        for (bool more = statement.execute(true); more && !maker.isFull(); more = statement.fetch()) {
            if (stop.stop_requested()) {
                return base::fail(base::ErrorCode::Cancelled, "the search for motion was stopped");
            }
            const auto span = ActivitySpan::fromBytes(std::as_bytes(std::span{blob}));
            if (span) {
                maker.add(number, *span);
            } else {
                spdlog::warn("motion of camera row {} in span {}: {}", id, number, span.error().message);
            }
        }
        return std::move(maker).found();
    });
}

}  // namespace

base::Result<MotionFound> searchMotion(store::Database& database, const access::Acting& acting,
                                       const MotionQuery& query, const std::stop_token& stop) {
    TRY(access::require(acting, access::Right::PlayRecorded));
    TRY_ASSIGN(auto found, momentsOf(database, query, stop));
    TRY_ASSIGN(found.watched, WatchedTimes{database}.of(query.camera, query.period));
    return found;
}

}  // namespace leedswatch::analytics
