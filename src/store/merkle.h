#pragma once

#include "base/hash.h"
#include "base/result.h"

#include <cstdint>
#include <functional>
#include <vector>

// The Merkle tree of RFC 6962 section 2.1 (the same as RFC 9162 section 2.1), over hashes that the caller keeps.

namespace leedswatch::store {

[[nodiscard]] base::Sha256Digest leafHash(std::span<const std::byte> body);
[[nodiscard]] base::Sha256Digest leafHash(std::string_view body);
[[nodiscard]] base::Sha256Digest nodeHash(const base::Sha256Digest& left, const base::Sha256Digest& right);

/// The hash of a full subtree: `level` 0 are the leaves, node `index` of level l covers leaves index*2^l to
/// (index+1)*2^l - 1. May throw; what it throws goes through the functions below.
using NodeSource = std::function<base::Sha256Digest(int level, std::int64_t index)>;

/// A proof: hashes in the order of the RFC, lowest first.
using MerkleProof = std::vector<base::Sha256Digest>;

[[nodiscard]] base::Sha256Digest merkleRoot(const NodeSource& nodes, std::int64_t size);
/// That leaf `index` is in the tree of `size` leaves. Error: InvalidInput if it cannot be.
[[nodiscard]] base::Result<MerkleProof> inclusionProof(const NodeSource& nodes, std::int64_t index, std::int64_t size);
/// That the tree of `newSize` leaves begins with the tree of `oldSize`. Error: InvalidInput if oldSize > newSize.
[[nodiscard]] base::Result<MerkleProof> consistencyProof(const NodeSource& nodes, std::int64_t oldSize,
                                                         std::int64_t newSize);

[[nodiscard]] bool verifyInclusion(const base::Sha256Digest& leaf, std::int64_t index, std::int64_t size,
                                   const MerkleProof& proof, const base::Sha256Digest& root);
[[nodiscard]] bool verifyConsistency(std::int64_t oldSize, const base::Sha256Digest& oldRoot, std::int64_t newSize,
                                     const base::Sha256Digest& newRoot, const MerkleProof& proof);

/// A tree that grows leaf by leaf and keeps only the roots of its full subtrees: what recomputing needs.
class MerkleFrontier {
public:
    /// `completed` is called with each full subtree above the leaves that this leaf completes.
    void add(const base::Sha256Digest& leaf,
             const std::function<void(int level, std::int64_t index, const base::Sha256Digest&)>& completed = {});
    [[nodiscard]] std::int64_t size() const { return m_size; }
    [[nodiscard]] base::Sha256Digest root() const;

private:
    struct Subtree {
        int level = 0;
        base::Sha256Digest hash{};
    };
    std::vector<Subtree> m_subtrees;  // largest first
    std::int64_t m_size = 0;
};

}  // namespace leedswatch::store
