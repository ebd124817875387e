#pragma once

#include "estate/wall_content.h"
#include "estate/wall_records.h"

namespace leedswatch::estate {

/// A view or a sequence as it was saved.
template <typename IdType, typename ContentType, WallRecordKind recordKind>
struct SavedOnWall {
    using Id = IdType;
    using Content = ContentType;
    static constexpr WallRecordKind kind = recordKind;

    Id id;
    std::string name;
    bool isShared = false;
    Content content;
    bool isDamaged = false;  ///< the content cannot be read and is empty; it can be replaced or deleted
    std::string changedBy;
    base::UtcTime changedAt{};
};

using SavedView = SavedOnWall<WallViewId, ViewContent, WallRecordKind::View>;
using Sequence = SavedOnWall<SequenceId, SequenceContent, WallRecordKind::Sequence>;

/// Saves views or sequences and gives them back; rules and errors as WallRecords. Content that is against its own rules
/// is refused as InvalidInput. Thread-safe.
template <typename Item>
class WallShelf {
public:
    explicit WallShelf(store::Database& database) : m_records{database, Item::kind} {}

    [[nodiscard]] base::Result<std::vector<Item>> list(const access::Acting& acting) {
        TRY_ASSIGN(auto records, m_records.list(acting));
        std::vector<Item> items;
        for (WallRecord& record : records) {
            Item item{typename Item::Id{record.id}, std::move(record.name), record.isShared, {}, false,
                      std::move(record.changedBy),  record.changedAt};
            // One that is damaged does not take the others with it.
            item.isDamaged = !decode(record.content, item.content);
            items.push_back(std::move(item));
        }
        return items;
    }

    [[nodiscard]] base::Result<typename Item::Id> add(const access::Acting& acting, const std::string& name,
                                                      bool isShared, const typename Item::Content& content) {
        TRY(check(content));
        TRY_ASSIGN(const auto id, m_records.add(acting, name, isShared, encode(content)));
        return typename Item::Id{id};
    }

    [[nodiscard]] base::Result<void> replace(const access::Acting& acting, typename Item::Id id,
                                             const typename Item::Content& content) {
        TRY(check(content));
        return m_records.replace(acting, id.value(), encode(content));
    }

    [[nodiscard]] base::Result<void> rename(const access::Acting& acting, typename Item::Id id,
                                            const std::string& name) {
        return m_records.rename(acting, id.value(), name);
    }

    [[nodiscard]] base::Result<void> remove(const access::Acting& acting, typename Item::Id id) {
        return m_records.remove(acting, id.value());
    }

private:
    WallRecords m_records;
};

using SavedViews = WallShelf<SavedView>;
using Sequences = WallShelf<Sequence>;

}  // namespace leedswatch::estate
