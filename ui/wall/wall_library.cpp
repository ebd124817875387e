#include "ui/wall/wall_library.h"

#include "ui/common/text.h"

#include <algorithm>
#include <utility>

namespace leedswatch::ui {

namespace {

template <typename Items, typename Id>
auto* findIn(const Items& items, Id id) {
    const auto found = std::find_if(items.begin(), items.end(), [id](const auto& item) { return item.id == id; });
    return found == items.end() ? nullptr : &*found;
}

}  // namespace

WallLibrary::WallLibrary(ConsoleContext& context, QObject* parent)
    : QObject{parent},
      m_context{context},
      m_viewShelf{context.database},
      m_sequenceShelf{context.database},
      m_feed{context.feed, {"wall_records"}, nullptr},
      m_worker{*this} {
    connect(&m_feed, &FeedListener::changed, this, &WallLibrary::load);
    load();
}

const estate::SavedView* WallLibrary::find(estate::WallViewId id) const {
    return findIn(m_views, id);
}

const estate::Sequence* WallLibrary::find(estate::SequenceId id) const {
    return findIn(m_sequences, id);
}

bool WallLibrary::mayShare() const {
    return access::require(m_context.acting, access::Right::ShareViews).has_value();
}

template <typename Change>
void WallLibrary::run(Change change, Done done) {
    const bool isQueued = m_worker.run(
        [change = std::move(change), acting = m_context.acting] { return base::Result<void>{change(acting)}; }, done);
    if (!isQueued) {
        done(base::fail(base::ErrorCode::Busy, "too much is waiting for the store already"));
    }
}

void WallLibrary::add(const QString& name, bool isShared, const estate::ViewContent& content, Done done) {
    run(
        [this, name = fromQt(name), isShared, content](const access::Acting& acting) -> base::Result<void> {
            TRY(m_viewShelf.add(acting, name, isShared, content));
            return {};
        },
        std::move(done));
}

void WallLibrary::add(const QString& name, bool isShared, const estate::SequenceContent& content, Done done) {
    run(
        [this, name = fromQt(name), isShared, content](const access::Acting& acting) -> base::Result<void> {
            TRY(m_sequenceShelf.add(acting, name, isShared, content));
            return {};
        },
        std::move(done));
}

void WallLibrary::replace(estate::WallViewId id, const estate::ViewContent& content, Done done) {
    run([this, id, content](const access::Acting& acting) { return m_viewShelf.replace(acting, id, content); },
        std::move(done));
}

void WallLibrary::replace(estate::SequenceId id, const estate::SequenceContent& content, Done done) {
    run([this, id, content](const access::Acting& acting) { return m_sequenceShelf.replace(acting, id, content); },
        std::move(done));
}

void WallLibrary::rename(estate::WallViewId id, const QString& name, Done done) {
    run([this, id, name = fromQt(name)](const access::Acting& acting) { return m_viewShelf.rename(acting, id, name); },
        std::move(done));
}

void WallLibrary::rename(estate::SequenceId id, const QString& name, Done done) {
    run([this, id,
         name = fromQt(name)](const access::Acting& acting) { return m_sequenceShelf.rename(acting, id, name); },
        std::move(done));
}

void WallLibrary::remove(estate::WallViewId id, Done done) {
    run([this, id](const access::Acting& acting) { return m_viewShelf.remove(acting, id); }, std::move(done));
}

void WallLibrary::remove(estate::SequenceId id, Done done) {
    run([this, id](const access::Acting& acting) { return m_sequenceShelf.remove(acting, id); }, std::move(done));
}

void WallLibrary::load() {
    m_worker.run(
        [this, acting = m_context.acting] {
            return Snapshot{m_viewShelf.list(acting), m_sequenceShelf.list(acting)};
        },
        [this](Snapshot snapshot) { take(std::move(snapshot)); });
}

void WallLibrary::take(Snapshot snapshot) {
    if (!snapshot.views || !snapshot.sequences) {
        const auto& error = snapshot.views ? snapshot.sequences.error() : snapshot.views.error();
        Q_EMIT failed(sentenceOf(error));
        return;
    }
    m_views = std::move(*snapshot.views);
    m_sequences = std::move(*snapshot.sequences);
    m_isLoaded = true;
    Q_EMIT changed();
}

}  // namespace leedswatch::ui
