#pragma once

#include "../support/console_services.h"
#include "base/local_time.h"
#include "footage/numbered_footage.h"
#include "ui/review/export_panel.h"
#include "ui/review/recorded_view.h"
#include "ui/review/review_page.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <functional>

namespace leedswatch::tests {

/// A desk that has recorded one camera.
struct Desk : ConsoleServices {
    int auditRows(const std::string& action) {
        return database
            ->read([&](soci::session& sql) -> base::Result<int> {
                int count = 0;
                const std::string like = "%" + action + "%";
                sql << "SELECT count(*) FROM audit_event WHERE CAST(body AS TEXT) LIKE :action",
                    soci::use(like, "action"), soci::into(count);
                return count;
            })
            .value();
    }

    estate::Camera camera = addCamera(*database);
    NumberedArchive footage{archive, camera.id};
    const base::UtcTime start = base::parseTime("2026-06-01T12:00:00Z").value();
};

/// The page open in a window on such a desk, with what a test asks of it.
struct Review {
    explicit Review(const std::function<void(Desk&)>& prepare) {
        prepare(desk);
        page.resize(1280, 800);
        page.show();
        page.open(42);
    }
    /// So many pictures are recorded, in one run from the desk's start.
    explicit Review(int pictures) : Review{[pictures](Desk& made) { made.footage.add(made.start, pictures); }} {}
    /// Nothing is recorded.
    Review() : Review{[](Desk&) {}} {}

    template <typename Condition>
    bool wait(const Condition& condition) {
        return QTest::qWaitFor(condition, 60'000);
    }
    bool shows(int number) {
        return wait([&] { return view().frame() && numberIn(*view().frame()) == number; });
    }
    ui::RecordedView& view() { return *page.findChild<ui::RecordedView*>(); }
    ui::TimelineView& timeline() { return *page.findChild<ui::TimelineView*>(); }
    ui::ExportPanel& exporting() { return *page.findChild<ui::ExportPanel*>(); }
    QString text(const char* label) { return page.findChild<QLabel*>(QString::fromLatin1(label))->text(); }
    void press(Qt::Key key) { QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &page, key); }
    /// Marks from the picture that is shown to the last one.
    bool marksUntil(int lastPicture) {
        press(Qt::Key_I);
        press(Qt::Key_End);
        const bool isThere = shows(lastPicture);
        press(Qt::Key_O);
        return isThere;
    }
    void exportTo(const std::filesystem::path& folder) {
        press(Qt::Key_E);
        page.findChild<QLineEdit*>(QStringLiteral("exportFolderLineEdit"))
            ->setText(QString::fromStdString(folder.string()));
        page.findChild<QPushButton*>(QStringLiteral("exportStartButton"))->click();
    }

    Desk desk;
    ui::ReviewPage page{desk.context, nullptr};
};

}  // namespace leedswatch::tests
