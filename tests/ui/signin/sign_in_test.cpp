#include "../support/room.h"
#include "ui/common/card_page.h"
#include "ui/common/password_field.h"
#include "ui/common/theme.h"
#include "ui/shell/desk_page.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace leedswatch;

namespace {

template <typename Widget>
Widget* find(QWidget& window, const char* name) {
    return window.findChild<Widget*>(QString::fromLatin1(name));
}

/// The page of the way in that this widget is on: two pages have fields for a new password.
QWidget& pageOf(QWidget* widget) {
    while (qobject_cast<ui::CardPage*>(widget) == nullptr) {
        widget = widget->parentWidget();
    }
    return *widget;
}

void signIn(QWidget& window, const char* name, const char* password) {
    auto* nameField = find<QLineEdit>(window, "userNameLineEdit");
    auto* passwordField = find<QLineEdit>(window, "passwordLineEdit");
    nameField->clear();
    QTest::keyClicks(nameField, QString::fromLatin1(name));
    QTest::keyClick(nameField, Qt::Key_Return);
    QTest::keyClicks(passwordField, QString::fromLatin1(password));
    QTest::keyClick(passwordField, Qt::Key_Return);
}

}  // namespace

class SignInTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aNewFolderAsksForTheFirstAdministratorAndHasNoDefaultPassword() {
        tests::Room room;
        QVERIFY(room.window().begin());
        room.window().show();
        QVERIFY(QTest::qWaitForWindowExposed(&room.window()));
        auto* name = find<QLineEdit>(room.window(), "firstUserNameLineEdit");
        auto* fullName = find<QLineEdit>(room.window(), "firstFullNameLineEdit");
        auto* create = find<QPushButton>(room.window(), "createAdministratorPushButton");
        auto* first = find<QLineEdit>(pageOf(create), "newPasswordLineEdit");
        auto* second = find<QLineEdit>(pageOf(create), "repeatPasswordLineEdit");
        QVERIFY(name->isVisible());
        QTest::keyClicks(name, QStringLiteral("jsmith"));
        QTest::keyClicks(fullName, QStringLiteral("Jo Smith"));
        QTest::keyClicks(first, QStringLiteral("short"));
        QTest::keyClicks(second, QStringLiteral("short"));
        QVERIFY(!create->isEnabled());
        first->clear();
        second->clear();
        QTest::keyClicks(first, QStringLiteral("three grey herons"));
        QTest::keyClicks(second, QStringLiteral("three grey heron"));
        QVERIFY(!create->isEnabled());
        QTest::keyClicks(second, QStringLiteral("s"));
        QVERIFY(create->isEnabled());
        QTest::keyClick(second, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(room.window().desk() != nullptr, 20000);
        QCOMPARE(room.context().acting.username, std::string{"jsmith"});
        QCOMPARE(room.context().acting.role, access::Role::Administrator);
    }

    void aWrongPasswordIsRefusedInWordsAndTheFieldEmptied() {
        tests::Room room;
        room.addPerson("omarsden", access::Role::Operator);
        QVERIFY(room.window().begin());
        room.window().show();
        signIn(room.window(), "omarsden", "not the password");
        auto* message = find<QLabel>(room.window(), "signInMessageLabel");
        QTRY_VERIFY_WITH_TIMEOUT(message->isVisible(), 20000);
        QVERIFY(!message->text().isEmpty());
        QVERIFY(find<QLineEdit>(room.window(), "passwordLineEdit")->text().isEmpty());
        QVERIFY(room.window().desk() == nullptr);
    }

    void theRightPasswordOpensTheDesk() {
        tests::Room room;
        room.addPerson("omarsden", access::Role::Operator);
        QVERIFY(room.window().begin());
        room.window().show();
        signIn(room.window(), "omarsden", tests::knownPassword);
        QTRY_VERIFY_WITH_TIMEOUT(room.window().desk() != nullptr, 20000);
        QCOMPARE(room.context().acting.username, std::string{"omarsden"});
    }

    void fiveWrongPasswordsHoldTheNameOffAndSaySo() {
        tests::Room room;
        room.addPerson("omarsden", access::Role::Operator);
        for (int attempt = 0; attempt < 5; ++attempt) {
            QVERIFY(!room.context().people.signIn("omarsden", "not the password", "desk 2"));
        }
        QVERIFY(room.window().begin());
        room.window().show();
        signIn(room.window(), "omarsden", tests::knownPassword);
        auto* message = find<QLabel>(room.window(), "signInMessageLabel");
        QTRY_VERIFY_WITH_TIMEOUT(message->isVisible(), 20000);
        QVERIFY(room.window().desk() == nullptr);
        QVERIFY2(message->text().contains(QStringLiteral("try again in")), qPrintable(message->text()));
    }

    void whoOwesANewPasswordSetsItBeforeAnythingElse() {
        tests::Room room;
        room.addPerson("omarsden", access::Role::Operator, true);
        QVERIFY(room.window().begin());
        room.window().show();
        signIn(room.window(), "omarsden", tests::knownPassword);
        auto* change = find<QPushButton>(room.window(), "changePasswordPushButton");
        QTRY_VERIFY_WITH_TIMEOUT(change->isVisible(), 20000);
        QVERIFY(room.window().desk() == nullptr);
        QWidget* page = &pageOf(change);
        QTest::keyClicks(find<QLineEdit>(*page, "newPasswordLineEdit"), QStringLiteral("three grey herons"));
        QTest::keyClicks(find<QLineEdit>(*page, "repeatPasswordLineEdit"), QStringLiteral("three grey herons"));
        QTest::keyClick(find<QLineEdit>(*page, "repeatPasswordLineEdit"), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(room.window().desk() != nullptr, 20000);
        QVERIFY(room.context().people.signIn("omarsden", "three grey herons", "desk 2"));
    }

    void capsLockIsNoticedFromWhatIsTyped() {
        ui::PasswordField field;
        bool on = false;
        connect(&field, &ui::PasswordField::capsLockChanged, &field, [&on](bool now) { on = now; });
        QKeyEvent capital{QEvent::KeyPress, Qt::Key_A, Qt::NoModifier, QStringLiteral("A")};
        QApplication::sendEvent(&field, &capital);
        QVERIFY(on);
        QKeyEvent small{QEvent::KeyPress, Qt::Key_A, Qt::NoModifier, QStringLiteral("a")};
        QApplication::sendEvent(&field, &small);
        QVERIFY(!on);
        QKeyEvent shifted{QEvent::KeyPress, Qt::Key_A, Qt::ShiftModifier, QStringLiteral("A")};
        QApplication::sendEvent(&field, &shifted);
        QVERIFY(!on);
    }

    void lockingHidesTheDeskAndTheSamePersonFindsItAsItWas() {
        tests::Room room;
        const auto acting = room.addPerson("omarsden", access::Role::Operator);
        room.window().show();
        room.window().enter(acting);
        auto* desk = room.window().desk();
        room.window().lock();
        QVERIFY(!desk->isVisible());
        auto* password = find<QLineEdit>(room.window(), "passwordLineEdit");
        QCOMPARE(find<QLineEdit>(room.window(), "userNameLineEdit")->text(), QStringLiteral("omarsden"));
        QTest::keyClicks(password, QString::fromLatin1(tests::knownPassword));
        QTest::keyClick(password, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(desk->isVisible(), 20000);
        QCOMPARE(room.window().desk(), desk);
    }
};

int main(int argc, char** argv) {
    QApplication application{argc, argv};
    ui::theme::apply(application);
    SignInTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "sign_in_test.moc"
