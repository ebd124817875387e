#pragma once

#include "analytics/tamper_signs.h"

#include <deque>
#include <optional>

namespace leedswatch::analytics {

/// From opinions on single pictures to what lasts: one odd picture is nothing, and the kind is what most of the last
/// pictures say. One thread.
class TamperGate {
public:
    struct Tamper {
        TamperKind kind;
        double start = 0;
    };

    void forget();
    /// What lasts already, before the first picture.
    void resume(const Tamper& tamper, double seconds);
    void add(const TamperOpinion& opinion, double seconds);
    /// Something may be wrong: nothing is learnt from such pictures.
    [[nodiscard]] bool isSuspicious() const { return m_suspectedSince.has_value(); }
    /// It may have ended just now.
    [[nodiscard]] bool isEnding() const { return m_tamper && m_isWell; }
    /// What is certain by now.
    [[nodiscard]] const std::optional<Tamper>& tamper() const { return m_tamper; }
    /// When the picture was well again, after it was not.
    [[nodiscard]] double wellSince() const { return m_wellSince; }

private:
    struct Vote {
        double seconds;
        std::optional<TamperKind> kind;
    };

    void clear(double seconds);
    [[nodiscard]] std::optional<Tamper> counted(double seconds) const;

    std::deque<Vote> m_votes;  ///< of the present suspicion, of the last seconds
    std::optional<double> m_suspectedSince;
    std::optional<Tamper> m_tamper;
    double m_lastBad = 0;
    double m_wellSince = 0;
    bool m_isWell = true;
};

}  // namespace leedswatch::analytics
