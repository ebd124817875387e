#pragma once

#include <cstdint>

namespace leedswatch::simulator {

/// Numbers that look random and are a function of what they are asked for: the scene must be the same on every machine,
/// which the standard library's distributions do not promise.
class SceneRandom {
public:
    explicit SceneRandom(std::uint64_t seed) : m_seed{mix(seed)} {}

    /// In [0, 1).
    [[nodiscard]] double at(std::uint64_t first, std::uint64_t second = 0, std::uint64_t third = 0) const {
        const std::uint64_t bits = mix(m_seed ^ mix(first ^ mix(second ^ mix(third))));
        return static_cast<double>(bits >> 11U) / static_cast<double>(1ULL << 53U);
    }
    [[nodiscard]] double between(double low, double high, std::uint64_t first, std::uint64_t second = 0,
                                 std::uint64_t third = 0) const {
        return low + (high - low) * at(first, second, third);
    }
    [[nodiscard]] int below(int count, std::uint64_t first, std::uint64_t second = 0, std::uint64_t third = 0) const {
        return static_cast<int>(at(first, second, third) * count);
    }

private:
    // The finaliser of SplitMix64 (Steele, Lea, Flood, 2014).
    static std::uint64_t mix(std::uint64_t value) {
        value += 0x9e3779b97f4a7c15ULL;
        value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        value = (value ^ (value >> 27U)) * 0x94d049bb133111ebULL;
        return value ^ (value >> 31U);
    }

    std::uint64_t m_seed;
};

}  // namespace leedswatch::simulator
