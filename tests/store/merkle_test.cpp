#include "store/merkle.h"

#include <gtest/gtest.h>

using namespace leedswatch;
using store::MerkleProof;

namespace {

/// The leaves of RFC 6962's reference implementation.
std::vector<base::Sha256Digest> referenceLeaves() {
    std::vector<base::Sha256Digest> leaves;
    for (const char* hex :
         {"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"}) {
        leaves.push_back(store::leafHash(std::span<const std::byte>{base::fromHex(hex).value()}));
    }
    return leaves;
}

/// A tree of leaves in memory, by the definition.
class Tree {
public:
    explicit Tree(std::vector<base::Sha256Digest> leaves) : m_leaves{std::move(leaves)} {}
    [[nodiscard]] store::NodeSource nodes() const {
        return [this](int level, std::int64_t index) { return node(level, index); };
    }

private:
    [[nodiscard]] base::Sha256Digest node(int level, std::int64_t index) const {
        return level == 0 ? m_leaves.at(static_cast<std::size_t>(index))
                          : store::nodeHash(node(level - 1, index * 2), node(level - 1, index * 2 + 1));
    }
    std::vector<base::Sha256Digest> m_leaves;
};

Tree numberedTree(int size) {
    std::vector<base::Sha256Digest> leaves;
    for (int leaf = 0; leaf < size; ++leaf) {
        leaves.push_back(store::leafHash(std::to_string(leaf)));
    }
    return Tree{std::move(leaves)};
}

std::vector<std::string> hexOf(const MerkleProof& proof) {
    std::vector<std::string> texts;
    for (const auto& hash : proof) {
        texts.push_back(base::toHex(hash));
    }
    return texts;
}

TEST(Merkle, RootsAreThoseOfTheReference) {
    const std::vector<std::string> expected{"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    const Tree tree{referenceLeaves()};
    store::MerkleFrontier frontier;
    for (std::size_t size = 0; size < expected.size(); ++size) {
        EXPECT_EQ(base::toHex(store::merkleRoot(tree.nodes(), static_cast<std::int64_t>(size))), expected[size]);
        EXPECT_EQ(base::toHex(frontier.root()), expected[size]);
        if (size < 8) {
            frontier.add(referenceLeaves()[size]);
        }
    }
}

TEST(Merkle, ProofsAreThoseOfTheReference) {
    const Tree tree{referenceLeaves()};
    const auto inclusion = hexOf(store::inclusionProof(tree.nodes(), 5, 8).value());
    ASSERT_EQ(inclusion.size(), 3U);
    EXPECT_EQ(inclusion[0].substr(0, 8), "bc1a0643");
    EXPECT_EQ(inclusion[1].substr(0, 8), "ca854ea1");
    EXPECT_EQ(inclusion[2], "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    const auto consistency = hexOf(store::consistencyProof(tree.nodes(), 6, 8).value());
    ASSERT_EQ(consistency.size(), 3U);
    EXPECT_EQ(consistency[0].substr(0, 8), "0ebc5d34");
    EXPECT_EQ(consistency[1].substr(0, 8), "ca854ea1");
    EXPECT_EQ(consistency[2], inclusion[2]);
}

TEST(Merkle, EveryInclusionProofHoldsForItsLeafAndForNoOther) {
    for (int size = 1; size <= 24; ++size) {
        const auto tree = numberedTree(size);
        const auto root = store::merkleRoot(tree.nodes(), size);
        for (int index = 0; index < size; ++index) {
            const auto proof = store::inclusionProof(tree.nodes(), index, size).value();
            EXPECT_TRUE(store::verifyInclusion(store::leafHash(std::to_string(index)), index, size, proof, root));
            EXPECT_FALSE(store::verifyInclusion(store::leafHash("other"), index, size, proof, root));
            if (size > 1) {
                const auto next = (index + 1) % size;
                EXPECT_FALSE(store::verifyInclusion(store::leafHash(std::to_string(index)), next, size, proof, root));
                auto longer = proof;
                longer.push_back(root);
                EXPECT_FALSE(store::verifyInclusion(store::leafHash(std::to_string(index)), index, size, longer, root));
            }
        }
    }
}

TEST(Merkle, EveryConsistencyProofHoldsForItsTreesAndForNoOthers) {
    for (int newSize = 0; newSize <= 24; ++newSize) {
        const auto tree = numberedTree(newSize);
        const auto newRoot = store::merkleRoot(tree.nodes(), newSize);
        for (int oldSize = 0; oldSize <= newSize; ++oldSize) {
            const auto oldRoot = store::merkleRoot(tree.nodes(), oldSize);
            const auto proof = store::consistencyProof(tree.nodes(), oldSize, newSize).value();
            EXPECT_TRUE(store::verifyConsistency(oldSize, oldRoot, newSize, newRoot, proof));
            EXPECT_FALSE(store::verifyConsistency(oldSize, store::leafHash("x"), newSize, newRoot, proof));
            if (oldSize > 0) {
                EXPECT_FALSE(store::verifyConsistency(oldSize, oldRoot, newSize, store::leafHash("x"), proof));
            }
        }
    }
}

TEST(Merkle, ProofsOfWhatIsNotThereAreRefused) {
    const auto tree = numberedTree(4);
    EXPECT_FALSE(store::inclusionProof(tree.nodes(), 4, 4));
    EXPECT_FALSE(store::inclusionProof(tree.nodes(), -1, 4));
    EXPECT_FALSE(store::consistencyProof(tree.nodes(), 5, 4));
}

}  // namespace
