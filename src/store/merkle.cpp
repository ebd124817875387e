#include "store/merkle.h"

#include <algorithm>
#include <bit>
#include <string>

namespace leedswatch::store {
namespace {

constexpr std::byte kLeafPrefix{0x00};
constexpr std::byte kNodePrefix{0x01};

std::int64_t largestPowerOfTwoBelow(std::int64_t size) {
    return static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(size - 1)));
}

bool isPowerOfTwo(std::int64_t size) {
    return std::has_single_bit(static_cast<std::uint64_t>(size));
}

/// The root of leaves begin to begin + size - 1. `begin` is always a multiple of the power of two that holds `size`.
base::Sha256Digest rangeRoot(const NodeSource& nodes, std::int64_t begin, std::int64_t size) {
    if (isPowerOfTwo(size)) {
        return nodes(std::countr_zero(static_cast<std::uint64_t>(size)), begin / size);
    }
    const auto split = largestPowerOfTwoBelow(size);
    return nodeHash(rangeRoot(nodes, begin, split), rangeRoot(nodes, begin + split, size - split));
}

void addInclusion(const NodeSource& nodes, std::int64_t index, std::int64_t begin, std::int64_t size,
                  MerkleProof& proof) {
    if (size == 1) {
        return;
    }
    const auto split = largestPowerOfTwoBelow(size);
    if (index < split) {
        addInclusion(nodes, index, begin, split, proof);
        proof.push_back(rangeRoot(nodes, begin + split, size - split));
    } else {
        addInclusion(nodes, index - split, begin + split, size - split, proof);
        proof.push_back(rangeRoot(nodes, begin, split));
    }
}

/// SUBPROOF of RFC 6962 section 2.1.2; `whole` is its flag b.
void addConsistency(const NodeSource& nodes, std::int64_t oldSize, std::int64_t begin, std::int64_t size, bool whole,
                    MerkleProof& proof) {
    if (oldSize == size) {
        if (!whole) {
            proof.push_back(rangeRoot(nodes, begin, size));
        }
        return;
    }
    const auto split = largestPowerOfTwoBelow(size);
    if (oldSize <= split) {
        addConsistency(nodes, oldSize, begin, split, whole, proof);
        proof.push_back(rangeRoot(nodes, begin + split, size - split));
    } else {
        addConsistency(nodes, oldSize - split, begin + split, size - split, false, proof);
        proof.push_back(rangeRoot(nodes, begin, split));
    }
}

}  // namespace

base::Sha256Digest leafHash(std::span<const std::byte> body) {
    base::Sha256 hash;
    hash.add(std::span{&kLeafPrefix, 1});
    hash.add(body);
    return hash.digest();
}

base::Sha256Digest leafHash(std::string_view body) {
    return leafHash(std::as_bytes(std::span{body}));
}

base::Sha256Digest nodeHash(const base::Sha256Digest& left, const base::Sha256Digest& right) {
    std::array<std::byte, 65> input{kNodePrefix};
    std::copy(left.begin(), left.end(), input.begin() + 1);
    std::copy(right.begin(), right.end(), input.begin() + 33);
    return base::sha256(std::span<const std::byte>{input});
}

base::Sha256Digest merkleRoot(const NodeSource& nodes, std::int64_t size) {
    return size == 0 ? base::sha256(std::string_view{}) : rangeRoot(nodes, 0, size);
}

base::Result<MerkleProof> inclusionProof(const NodeSource& nodes, std::int64_t index, std::int64_t size) {
    if (index < 0 || index >= size) {
        return base::fail(base::ErrorCode::InvalidInput, "event " + std::to_string(index) + " is not among the first " +
                                                             std::to_string(size) + " events");
    }
    MerkleProof proof;
    addInclusion(nodes, index, 0, size, proof);
    return proof;
}

base::Result<MerkleProof> consistencyProof(const NodeSource& nodes, std::int64_t oldSize, std::int64_t newSize) {
    if (oldSize < 0 || oldSize > newSize) {
        return base::fail(base::ErrorCode::InvalidInput, "a log of " + std::to_string(newSize) +
                                                             " events cannot extend one of " + std::to_string(oldSize));
    }
    MerkleProof proof;
    if (oldSize > 0 && oldSize < newSize) {
        addConsistency(nodes, oldSize, 0, newSize, true, proof);
    }
    return proof;
}

// RFC 9162 section 2.1.3.2.
bool verifyInclusion(const base::Sha256Digest& leaf, std::int64_t index, std::int64_t size, const MerkleProof& proof,
                     const base::Sha256Digest& root) {
    if (index < 0 || index >= size) {
        return false;
    }
    auto first = index;
    auto last = size - 1;
    auto hash = leaf;
    for (const auto& step : proof) {
        if (last == 0) {
            return false;
        }
        if (first % 2 == 1 || first == last) {
            hash = nodeHash(step, hash);
            while (first % 2 == 0 && first != 0) {
                first /= 2;
                last /= 2;
            }
        } else {
            hash = nodeHash(hash, step);
        }
        first /= 2;
        last /= 2;
    }
    return last == 0 && hash == root;
}

// RFC 9162 section 2.1.4.2.
bool verifyConsistency(std::int64_t oldSize, const base::Sha256Digest& oldRoot, std::int64_t newSize,
                       const base::Sha256Digest& newRoot, const MerkleProof& proof) {
    if (oldSize < 0 || oldSize > newSize) {
        return false;
    }
    if (oldSize == newSize) {
        return proof.empty() && oldRoot == newRoot;
    }
    if (oldSize == 0) {
        return proof.empty() && oldRoot == base::sha256(std::string_view{});
    }
    auto path = proof;
    if (isPowerOfTwo(oldSize)) {
        path.insert(path.begin(), oldRoot);
    }
    if (path.empty()) {
        return false;
    }
    auto first = oldSize - 1;
    auto last = newSize - 1;
    while (first % 2 == 1) {
        first /= 2;
        last /= 2;
    }
    auto oldHash = path.front();
    auto newHash = path.front();
    for (std::size_t step = 1; step < path.size(); ++step) {
        if (last == 0) {
            return false;
        }
        if (first % 2 == 1 || first == last) {
            oldHash = nodeHash(path[step], oldHash);
            newHash = nodeHash(path[step], newHash);
            while (first % 2 == 0 && first != 0) {
                first /= 2;
                last /= 2;
            }
        } else {
            newHash = nodeHash(newHash, path[step]);
        }
        first /= 2;
        last /= 2;
    }
    return last == 0 && oldHash == oldRoot && newHash == newRoot;
}

void MerkleFrontier::add(
    const base::Sha256Digest& leaf,
    const std::function<void(int level, std::int64_t index, const base::Sha256Digest&)>& completed) {
    Subtree merged{0, leaf};
    auto index = m_size;
    while (!m_subtrees.empty() && m_subtrees.back().level == merged.level) {
        merged = {merged.level + 1, nodeHash(m_subtrees.back().hash, merged.hash)};
        m_subtrees.pop_back();
        index /= 2;
        if (completed) {
            completed(merged.level, index, merged.hash);
        }
    }
    m_subtrees.push_back(merged);
    ++m_size;
}

base::Sha256Digest MerkleFrontier::root() const {
    if (m_subtrees.empty()) {
        return base::sha256(std::string_view{});
    }
    auto hash = m_subtrees.back().hash;
    for (auto subtree = m_subtrees.rbegin() + 1; subtree != m_subtrees.rend(); ++subtree) {
        hash = nodeHash(subtree->hash, hash);
    }
    return hash;
}

}  // namespace leedswatch::store
