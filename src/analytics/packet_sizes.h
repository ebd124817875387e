#pragma once

#include <cstddef>

namespace leedswatch::analytics {

/// Tells from how large a stream's coded pictures are, without decoding any, that more changes in them than does as a
/// rule: what moves has to be coded. Encoders that hold their rate to the bit hide it; key frames tell then. One
/// thread.
class PacketSizes {
public:
    /// A picture between key frames. `seconds` since the one before. Whether it and those before it are larger than
    /// they are as a rule.
    [[nodiscard]] bool add(std::size_t bytes, double seconds);
    /// For so many seconds they have been so small that hardly anything can have changed.
    [[nodiscard]] bool haveFallenFor(double seconds) const { return m_smallFor >= seconds; }
    /// While something moves, nothing is learnt of the rule.
    void setLearning(bool isLearning) { m_isLearning = isLearning; }
    /// They were large and nothing moved. For some minutes it takes more to say so again: some encoders have a rhythm
    /// of their own.
    void noteInVain();
    void reset() { *this = {}; }

private:
    double m_mean = 0;       ///< of the logarithm of the size
    double m_deviation = 0;  ///< mean distance from it
    double m_learnt = 0;     ///< seconds
    double m_caution = 1;    ///< so many times as large a growth counts
    int m_large = 0;         ///< of the last ones, how many in a row were large
    double m_smallFor = 0;   ///< seconds
    bool m_isLearning = true;
};

}  // namespace leedswatch::analytics
